import type { ReplyDelta, TokenCounts, TokenLogprob, ToolCallDelta } from './chunks.ts';
import type { CompletionRequest } from './requestBodies.ts';
import { messageText } from './requestBodies.ts';

/** All deltas of one alternative, put together. */
export interface JoinedChoice {
  readonly index: number;
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly audio: object | undefined;
  readonly logprobs: readonly TokenLogprob[];
  readonly toolCalls: readonly object[];
  readonly finishReason: string;
}

/** The alternatives in order; there is at least one. */
export function joinDeltas(deltas: readonly ReplyDelta[]): JoinedChoice[] {
  const count = Math.max(0, ...new Set(deltas.map(({ index = 0 }) => index))) + 1;
  return Array.from({ length: count }, (_, index) => {
    const own = deltas.filter((delta) => (delta.index ?? 0) === index);
    return {
      index,
      content: joinText(own, 'content'),
      reasoning: joinText(own, 'reasoning'),
      refusal: joinText(own, 'refusal'),
      audio: joinAudio(own),
      logprobs: own.flatMap((delta) => delta.logprobs ?? []),
      toolCalls: joinToolCalls(own.flatMap((delta) => delta.toolCalls ?? [])),
      finishReason: own.findLast((delta) => delta.finishReason !== undefined)?.finishReason ?? 'stop',
    };
  });
}

/** Counts a quarter of the characters as tokens. */
export function countTokens(request: CompletionRequest, deltas: readonly ReplyDelta[]): TokenCounts {
  const choices = joinDeltas(deltas);
  const reasoning = tokens(choices.map((choice) => choice.reasoning).join(''));
  const transcripts = deltas.map((delta) => delta.audio?.transcript ?? '').join('');
  const answer = choices.map((choice) => choice.content + choice.refusal).join('') + transcripts;
  return {
    prompt: tokens(request.messages.map((message) => messageText(message.content)).join('\n')),
    completion: tokens(answer) + reasoning,
    reasoning,
  };
}

/** `usage` without details. */
export function usageOf({ prompt, completion }: TokenCounts): object {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** A reply of Tachyon that is sent whole (wire contract B4). */
export function tachyonReply(
  id: string,
  model: string,
  deltas: readonly ReplyDelta[],
  counts: TokenCounts,
): object {
  return {
    id,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: model.replace('/', ':'),
    choices: joinDeltas(deltas).map(({ index, content, toolCalls, finishReason }) => ({
      index,
      message: {
        role: 'assistant',
        content: toolCalls.length > 0 && content === '' ? null : content,
        ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
      },
      finish_reason: finishReason,
    })),
    usage: usageOf(counts),
  };
}

function tokens(text: string): number {
  return Math.ceil(text.length / 4);
}

function joinText(deltas: readonly ReplyDelta[], field: 'content' | 'reasoning' | 'refusal'): string {
  return deltas.map((delta) => delta[field] ?? '').join('');
}

function joinAudio(deltas: readonly ReplyDelta[]): object | undefined {
  const parts = deltas.flatMap((delta) => delta.audio ?? []);
  if (parts.length === 0) return undefined;
  const data = Buffer.concat(parts.map((part) => Buffer.from(part.data ?? '', 'base64')));
  const transcript = parts.map((part) => part.transcript ?? '').join('');
  return { ...Object.assign({}, ...parts), data: data.toString('base64'), transcript };
}

function joinToolCalls(fragments: readonly ToolCallDelta[]): object[] {
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  for (const fragment of fragments) {
    const call = calls.get(fragment.index) ?? { id: '', name: '', arguments: '' };
    calls.set(fragment.index, {
      id: fragment.id ?? call.id,
      name: fragment.function.name ?? call.name,
      arguments: call.arguments + (fragment.function.arguments ?? ''),
    });
  }
  return Array.from(calls.values(), ({ id, name, arguments: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  }));
}
