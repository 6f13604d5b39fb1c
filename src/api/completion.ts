import { addToolCall, type ToolCall } from './toolCalls.ts';
import type { ChatCompletion, ChatCompletionChunk, ChatCompletionDelta, Logprobs } from './wire.ts';

type Choice = ChatCompletion['choices'][number];
/** A choice and its tool calls so far. */
type Collected = Choice & { readonly calls: ToolCall[] };

/** Collects chunks into a whole reply: one chunk of a JSON reply, or many of a server that streams all the same. */
export function collectCompletion(chunks: readonly ChatCompletionChunk[]): ChatCompletion {
  const choices = new Map<number, Collected>();
  const completion: ChatCompletion = { choices: [] };
  for (const chunk of chunks) {
    const { id, model, created, usage, system_fingerprint, service_tier } = chunk;
    Object.assign(
      completion,
      id === undefined ? {} : { id },
      model === undefined ? {} : { model },
      created === undefined ? {} : { created },
      usage === undefined ? {} : { usage },
      system_fingerprint === undefined ? {} : { system_fingerprint },
      service_tier === undefined ? {} : { service_tier },
    );
    for (const { index, delta, finish_reason, logprobs } of chunk.choices) {
      const choice = choices.get(index) ?? { index, message: {}, finish_reason: null, calls: [] };
      choices.set(index, choice);
      choice.finish_reason = finish_reason ?? choice.finish_reason;
      append(choice.message, delta);
      for (const call of delta.tool_calls ?? []) {
        addToolCall(choice.calls, call);
      }
      if (logprobs !== undefined) {
        choice.logprobs = joinLogprobs(choice.logprobs, logprobs);
      }
    }
  }
  completion.choices = [...choices.values()].toSorted((one, other) => one.index - other.index).map(withCalls);
  return completion;
}

function withCalls({ calls, ...choice }: Collected): Choice {
  if (calls.length > 0) {
    choice.message.tool_calls = calls.map(({ id, index, name, arguments: text, isCustom, extraContent }) => ({
      ...(index === undefined ? {} : { index }),
      ...(id === '' ? {} : { id }),
      type: isCustom === true ? 'custom' : 'function',
      function: { ...(name === '' ? {} : { name }), arguments: text },
      ...(extraContent === undefined ? {} : { extra_content: extraContent }),
    }));
  }
  return choice;
}

function append(message: ChatCompletionDelta, delta: ChatCompletionDelta): void {
  if (delta.role !== undefined) {
    message.role = delta.role;
  }
  for (const field of ['content', 'refusal', 'reasoning_content'] as const) {
    const text = delta[field];
    if (text !== undefined) {
      message[field] = (message[field] ?? '') + text;
    }
  }
  if (delta.audio !== undefined) {
    const { data, transcript } = message.audio ?? {};
    message.audio = {
      ...message.audio,
      ...delta.audio,
      ...joined('data', data, delta.audio.data),
      ...joined('transcript', transcript, delta.audio.transcript),
    };
  }
}

function joined(field: string, before: string | undefined, after: string | undefined): object {
  return before === undefined && after === undefined ? {} : { [field]: (before ?? '') + (after ?? '') };
}

function joinLogprobs(before: Logprobs = {}, after: Logprobs): Logprobs {
  const content = [...(before.content ?? []), ...(after.content ?? [])];
  const refusal = [...(before.refusal ?? []), ...(after.refusal ?? [])];
  return { ...(content.length > 0 ? { content } : {}), ...(refusal.length > 0 ? { refusal } : {}) };
}
