import { ApiError } from '../api/apiError.ts';
import type { ChatCompletionChunk, ToolCallDelta, Usage } from '../api/wire.ts';
import type { ReplyEvent } from './replyEvents.ts';

interface ToolCall {
  id: string;
  index: number | undefined;
  name: string;
  arguments: string;
}

/** Turns the chunks of one reply into reply events. */
export interface ReplyAssembly {
  /** Text and reasoning of a chunk, at once. */
  add(chunk: ChatCompletionChunk): ReplyEvent[];
  /** What is known only at the end: tool calls, usage, finish reason. Throws `emptyReply` if nothing came. */
  end(): ReplyEvent[];
}

/** Starts a reply. Of several choices only the first is the answer. */
export function assembleReply(): ReplyAssembly {
  const calls: ToolCall[] = [];
  let hasText = false;
  let usage: Usage | undefined;
  let model: string | undefined;
  let finishReason: string | undefined;

  return {
    add(chunk) {
      usage = chunk.usage ?? usage;
      model = chunk.model || model;
      const choice =
        chunk.choices.find(({ index }) => index === 0) ??
        chunk.choices.find(({ index }) => index === undefined);
      if (!choice) return [];
      finishReason = choice.finish_reason ?? finishReason;
      const { content, refusal, reasoning_content: reasoning, tool_calls: deltas = [] } = choice.delta;
      for (const delta of deltas) addToolCall(calls, delta);
      const text = (content ?? '') + (refusal ?? '');
      hasText ||= text !== '';
      return [
        ...(reasoning ? [{ type: 'reasoningDelta' as const, text: reasoning }] : []),
        ...(text ? [{ type: 'textDelta' as const, text }] : []),
      ];
    },
    end() {
      if (!hasText && calls.length === 0 && finishReason === undefined) {
        throw new ApiError('emptyReply', 'The reply had no text, no tool call and no finish reason.');
      }
      return [
        ...calls.map(({ id, name, arguments: text }) => ({
          type: 'toolCall' as const,
          id,
          name,
          arguments: text,
        })),
        ...(usage ? [{ type: 'usage' as const, usage }] : []),
        { type: 'finished', finishReason, model },
      ];
    },
  };
}

/**
 * Finds a delta's call by id, else by index, else takes the most recent. Later deltas may carry empty ids and
 * names, which mean nothing (wire contract F).
 */
function addToolCall(calls: ToolCall[], delta: ToolCallDelta): void {
  const id = delta.id ?? '';
  const name = delta.function?.name ?? '';
  const known = findCall(calls, id, name, delta.index);
  const call = known ?? { id, index: delta.index, name, arguments: '' };
  if (!known) calls.push(call);
  call.id ||= id;
  call.name ||= name;
  call.arguments += delta.function?.arguments ?? '';
}

function findCall(
  calls: readonly ToolCall[],
  id: string,
  name: string,
  index: number | undefined,
): ToolCall | undefined {
  const sameId = id === '' ? undefined : calls.find((call) => call.id === id);
  if (sameId) return sameId;
  const recent = index === undefined ? calls.at(-1) : calls.findLast((call) => call.index === index);
  // A new id with a name begins a new call even at a known index: Ollama gives every call the index 0. Without
  // a name it goes on with the call there: LM Studio makes a new id for each delta.
  const beginsNew = id !== '' && name !== '' && recent?.id !== '';
  if (beginsNew) return undefined;
  return recent ?? (index === undefined || calls.at(-1)?.index !== undefined ? undefined : calls.at(-1));
}
