import type { ChatCompletion, ChatCompletionChunk, ChatCompletionDelta, ToolCallDelta } from './wire.ts';

type Choice = ChatCompletion['choices'][number];

/** Collects chunks into a whole reply: one chunk of a JSON reply, or many of a server that streams all the same. */
export function collectCompletion(chunks: readonly ChatCompletionChunk[]): ChatCompletion {
  const choices = new Map<number, Choice>();
  const completion: ChatCompletion = { choices: [] };
  for (const chunk of chunks) {
    const { id, model, created, usage } = chunk;
    Object.assign(
      completion,
      id === undefined ? {} : { id },
      model === undefined ? {} : { model },
      created === undefined ? {} : { created },
      usage === undefined ? {} : { usage },
    );
    for (const { index, delta, finish_reason } of chunk.choices) {
      const choice = choices.get(index) ?? { index, message: {}, finish_reason: null };
      choices.set(index, choice);
      choice.finish_reason = finish_reason ?? choice.finish_reason;
      append(choice.message, delta);
    }
  }
  completion.choices = [...choices.values()].toSorted((one, other) => one.index - other.index);
  return completion;
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
  for (const call of delta.tool_calls ?? []) {
    message.tool_calls ??= [];
    appendCall(message.tool_calls, call);
  }
}

/** A fragment belongs to the call of its id, else of its index, else to the last one (wire contract F). */
function appendCall(calls: ToolCallDelta[], fragment: ToolCallDelta): void {
  const known =
    calls.find((call) => fragment.id !== undefined && call.id === fragment.id) ?? byPlace(calls, fragment);
  if (known === undefined) {
    calls.push({ ...fragment });
    return;
  }
  if (fragment.id !== undefined) {
    known.id = fragment.id;
  }
  const name = fragment.function?.name ?? known.function?.name;
  const text = (known.function?.arguments ?? '') + (fragment.function?.arguments ?? '');
  known.function = { ...(name === undefined ? {} : { name }), arguments: text };
}

function byPlace(calls: ToolCallDelta[], { id, index }: ToolCallDelta): ToolCallDelta | undefined {
  if (index !== undefined) {
    return calls.findLast((call) => call.index === index && (id === undefined || call.id === undefined));
  }
  return id === undefined ? calls.at(-1) : undefined;
}
