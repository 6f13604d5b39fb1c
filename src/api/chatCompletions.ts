import { readChunk } from './chunk.ts';
import { collectCompletion } from './completion.ts';
import type { Connection, RequestOptions } from './connection.ts';
import { dialectOf } from './dialects.ts';
import { readBatches } from './reply.ts';
import { send } from './request.ts';
import type { ChatCompletion, ChatCompletionChunk, ChatCompletionRequest } from './wire.ts';

/**
 * Streams a reply without a chatroom (wire contract B1). With `connection.stream === false` the whole reply comes as
 * one chunk. Nothing is sent before the first pull; leaving the loop closes the socket. A reply may be without text and
 * finish reason: what that means is the caller's to say.
 * @throws {ApiError} or what `options.signal` was aborted with.
 */
export function streamChatCompletion(
  connection: Connection,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  return completionChunks(connection, () => dialectOf(connection).chatCompletionsPath, request, options);
}

/**
 * Asks for a whole reply without a chatroom (wire contract B4).
 * @throws {ApiError} or what `options.signal` was aborted with.
 */
export function createChatCompletion(
  connection: Connection,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): Promise<ChatCompletion> {
  return wholeCompletion(connection, () => dialectOf(connection).chatCompletionsPath, request, options);
}

/** {@link streamChatCompletion} at the path that `pathOf` gives, or refuses, when the first chunk is pulled. */
export async function* completionChunks(
  connection: Connection,
  pathOf: () => string,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  const stream = connection.stream !== false;
  const body = dialectOf(connection).buildRequest({ ...request, stream }, connection);
  const reply = await send(connection, { method: 'POST', path: pathOf(), body, stream }, options);
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
    for (const chunk of chunks.flat()) {
      yield chunk;
      // Between two chunks of one read nobody else would notice an abort.
      reply.body.throwIfStopped();
    }
  }
  if (!known && stranger !== undefined) {
    throw reply.failures.malformed(JSON.stringify(stranger), 'The reply is no chat completion.');
  }
}

/** {@link createChatCompletion} at the path that `pathOf` gives. */
export async function wholeCompletion(
  connection: Connection,
  pathOf: () => string,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): Promise<ChatCompletion> {
  const chunks: ChatCompletionChunk[] = [];
  for await (const chunk of completionChunks({ ...connection, stream: false }, pathOf, request, options)) {
    chunks.push(chunk);
  }
  return collectCompletion(chunks);
}
