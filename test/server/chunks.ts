import { tachyonReply } from './wholeReply.ts';

/** A piece of a tool call in OpenAI's streaming shape. */
export interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly type?: string;
  readonly function: { readonly name?: string; readonly arguments?: string };
}

/** A piece of an audio reply (wire contract D). */
interface AudioDelta {
  readonly id?: string;
  /** base64 */
  readonly data?: string;
  readonly transcript?: string;
  /** Seconds since the epoch. */
  readonly expires_at?: number;
}

/** Log probability of one token, in OpenAI's shape. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[];
  readonly top_logprobs?: readonly TokenLogprob[];
}

/**
 * What a model yields: text, reasoning, a refusal, tool call fragments or audio, one of them at a time; last, for each
 * alternative, the reason why it stopped.
 */
export interface ReplyDelta {
  /** Which alternative it belongs to; default 0. */
  readonly index?: number;
  readonly content?: string;
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly audio?: AudioDelta;
  readonly logprobs?: readonly TokenLogprob[];
  readonly toolCalls?: readonly ToolCallDelta[];
  readonly finishReason?: string;
}

/** Tokens of a request and its reply. */
export interface TokenCounts {
  readonly prompt: number;
  /** Reasoning included. */
  readonly completion: number;
  readonly reasoning: number;
}

/** The chunks and the whole reply of one route, as the captures show them. */
export interface ChunkShape {
  readonly first: readonly object[];
  delta(delta: ReplyDelta): object;
  /** What ends the answer; `deltas` are those with a finish reason. `counts` is missing if the answer broke off. */
  last(deltas: readonly ReplyDelta[], counts?: TokenCounts): readonly object[];
  /** The reply in one piece. */
  whole(deltas: readonly ReplyDelta[], counts: TokenCounts): object;
}

/** Chat completions: explicit nulls, `created`, a bare model name, no finish reason (wire contract B1). */
export function completionChunks(id: string, model: string): ChunkShape {
  const created = Math.floor(Date.now() / 1000);
  const chunk = (index: number, delta: object): object => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model: model.slice(model.indexOf('/') + 1),
    system_fingerprint: null,
    choices: [
      {
        index,
        delta: { content: null, role: null, refusal: null, function_call: null, tool_calls: null, ...delta },
        logprobs: null,
        finish_reason: null,
      },
    ],
  });
  return {
    first: [chunk(0, { content: '', role: 'assistant' })],
    delta: ({ index = 0, content, toolCalls }) =>
      chunk(index, { content: content ?? null, tool_calls: toolCalls ?? null }),
    last: () => [],
    whole: (deltas, counts) => tachyonReply(id, model, deltas, counts),
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
  const delta = (index: number, fields: object): object =>
    chunk({ delta: { role: 'assistant', ...fields }, index });
  return {
    first: [delta(0, {})],
    delta: ({ index = 0, content, toolCalls }) =>
      delta(index, {
        ...(content !== undefined && { content }),
        ...(toolCalls && { tool_calls: toolCalls }),
      }),
    last: (deltas) =>
      deltas.map(({ index = 0, finishReason }) => chunk({ delta: {}, index, finish_reason: finishReason })),
    whole: (deltas, counts) => tachyonReply(id, model, deltas, counts),
  };
}
