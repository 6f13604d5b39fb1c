import { buildRequest } from './buildRequest.ts';
import { readChunk } from './chunk.ts';
import { collectCompletion } from './completion.ts';
import type { Connection, RequestOptions } from './connection.ts';
import { dialectOf } from './dialects.ts';
import { jsonText } from './json.ts';
import { readBatches } from './reply.ts';
import { type Call, type Reply, send, sendAgain } from './request.ts';
import type { ChatCompletion, ChatCompletionChunk } from './wire.ts';
import type { ChatCompletionRequest } from './wireRequest.ts';

/** Where a completion is asked. */
export interface CompletionTarget {
  /** The path, or its refusal, when the first chunk is pulled. */
  readonly path: () => string;
  /** `false`: the server stores the prompt. */
  readonly idempotent: boolean;
}

type Batches = AsyncGenerator<ChatCompletionChunk[], void, undefined>;

/** A reply whose first visible part has come. */
interface Started {
  readonly reply: Reply;
  readonly batches: Batches;
}

/** Streams the reply to one request. It is sent again only before the first visible part of the reply. */
export async function* completionChunks(
  connection: Connection,
  target: CompletionTarget,
  request: ChatCompletionRequest,
  options: RequestOptions = {},
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  const stream = connection.stream !== false;
  const body = buildRequest(dialectOf(connection.kind), { ...request, stream }, connection);
  const { idempotent } = target;
  const call: Call = { method: 'POST', path: target.path(), body, stream, idempotent };
  const { reply, batches } = await sendAgain(connection, call, options, () =>
    start(connection, call, options),
  );
  for await (const chunks of batches) {
    for (const chunk of chunks) {
      yield chunk;
      // Between two chunks of one read nobody else would notice an abort.
      reply.body.throwIfStopped();
    }
  }
}

/** Asks for the whole reply to one request. */
export async function wholeCompletion(
  connection: Connection,
  target: CompletionTarget,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): Promise<ChatCompletion> {
  const chunks: ChatCompletionChunk[] = [];
  for await (const chunk of completionChunks({ ...connection, stream: false }, target, request, options)) {
    chunks.push(chunk);
  }
  return collectCompletion(chunks);
}

async function start(connection: Connection, call: Call, options: RequestOptions): Promise<Started> {
  const reply = await send(connection, call, options);
  const rest = knownChunks(reply);
  const head: ChatCompletionChunk[][] = [];
  for (let started = false; !started;) {
    const next = await rest.next();
    if (next.done !== true) {
      head.push(next.value);
    }
    started = next.done === true || next.value.some(isVisible);
  }
  return { reply, batches: resume(head, rest) };
}

async function* resume(head: readonly ChatCompletionChunk[][], rest: Batches): Batches {
  try {
    yield* head;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/** Whether a person sees, or the caller learns, something of it: an empty first chunk is neither. */
function isVisible({ choices, usage }: ChatCompletionChunk): boolean {
  return (
    usage !== undefined ||
    choices.some(
      ({ delta, finish_reason }) =>
        finish_reason !== null ||
        Object.entries(delta).some(([field, part]) => field !== 'role' && part !== ''),
    )
  );
}

/** @throws {ApiError} `malformedReply` at the end of a reply in which nothing was a chunk. */
async function* knownChunks(reply: Reply): Batches {
  let stranger: unknown;
  let known = false;
  const read = (value: unknown): ChatCompletionChunk | undefined => {
    const chunk = readChunk(value);
    known ||= chunk !== undefined;
    stranger ??= chunk === undefined ? value : undefined;
    return chunk;
  };
  // A whole reply may be an array of chunks; it counts as if they had come one by one.
  const readOneOrMore = (value: unknown): ChatCompletionChunk | ChatCompletionChunk[] | undefined =>
    Array.isArray(value) ? value.flatMap((entry) => read(entry) ?? []) : read(value);
  for await (const chunks of readBatches(reply, readOneOrMore)) {
    yield chunks.flat();
  }
  if (!known && stranger !== undefined) {
    throw reply.failures.malformed(jsonText(stranger), 'The reply is no chat completion.');
  }
}
