/** A piece of a tool call in OpenAI's streaming shape. */
export interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly type?: string;
  readonly function: { readonly name?: string; readonly arguments?: string };
}

/** What a model yields: text, tool call fragments or, last, the reason why it stopped. */
export interface ReplyDelta {
  readonly content?: string;
  readonly toolCalls?: readonly ToolCallDelta[];
  readonly finishReason?: string;
}

/** The chunks of one route, as the captures show them. */
export interface ChunkShape {
  readonly first: object;
  delta(delta: ReplyDelta): object;
  /** `undefined` where the route never tells a finish reason. */
  last(finishReason: string): object | undefined;
}

/** Chat completions: explicit nulls, `created`, a bare model name, no finish reason (wire contract B1). */
export function completionChunks(id: string, model: string): ChunkShape {
  const created = Math.floor(Date.now() / 1000);
  const chunk = (delta: object): object => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model: model.slice(model.indexOf('/') + 1),
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        delta: { content: null, role: null, refusal: null, function_call: null, tool_calls: null, ...delta },
        logprobs: null,
        finish_reason: null,
      },
    ],
  });
  return {
    first: chunk({ content: '', role: 'assistant' }),
    delta: ({ content, toolCalls }) => chunk({ content: content ?? null, tool_calls: toolCalls ?? null }),
    last: () => undefined,
  };
}

/** Chatroom completions: role on every chunk, no `created`, model as `provider:name` (wire contract B2). */
export function chatroomChunks(id: string, model: string): ChunkShape {
  const chunk = (choice: object): object => ({
    id,
    object: 'chat.completion.chunk',
    model: model.replace('/', ':'),
    choices: [choice],
  });
  const delta = (fields: object): object => chunk({ delta: { role: 'assistant', ...fields }, index: 0 });
  return {
    first: delta({}),
    delta: ({ content, toolCalls }) =>
      delta({ ...(content !== undefined && { content }), ...(toolCalls && { tool_calls: toolCalls }) }),
    last: (finishReason) => chunk({ delta: {}, index: 0, finish_reason: finishReason }),
  };
}

/** A reply that is sent whole (wire contract B4). Token counts are a quarter of the characters. */
export function wholeReply(id: string, model: string, prompt: string, deltas: readonly ReplyDelta[]): object {
  const content = deltas.map((delta) => delta.content ?? '').join('');
  const toolCalls = deltas.flatMap((delta) => delta.toolCalls ?? []);
  const promptTokens = Math.ceil(prompt.length / 4);
  const completionTokens = Math.ceil(content.length / 4);
  return {
    id,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: model.replace('/', ':'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: toolCalls.length > 0 && content === '' ? null : content,
          ...(toolCalls.length > 0 && { tool_calls: joinToolCalls(toolCalls) }),
        },
        finish_reason: deltas.findLast((delta) => delta.finishReason !== undefined)?.finishReason ?? 'stop',
      },
    ],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
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
