import { completionChunks, type CompletionTarget, wholeCompletion } from './completionCall.ts';
import type { Connection, RequestOptions } from './connection.ts';
import { dialectOf } from './dialects.ts';
import type { ChatCompletion, ChatCompletionChunk } from './wire.ts';
import type { ChatCompletionRequest } from './wireRequest.ts';

/**
 * Streams a reply without a chatroom (wire contract B1, C, D2). With `connection.stream === false` the whole reply comes as
 * one chunk. Nothing is sent before the first pull; leaving the loop closes the socket. A reply may be without text and
 * finish reason: what that means is the caller's to say.
 * @throws {ApiError} or what `options.signal` was aborted with.
 */
export function streamChatCompletion(
  connection: Connection,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  return completionChunks(connection, stateless(connection), request, options);
}

/**
 * Asks for a whole reply without a chatroom (wire contract B4, C, D, E).
 * @throws {ApiError} or what `options.signal` was aborted with.
 */
export function createChatCompletion(
  connection: Connection,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): Promise<ChatCompletion> {
  return wholeCompletion(connection, stateless(connection), request, options);
}

function stateless(connection: Connection): CompletionTarget {
  return { path: () => dialectOf(connection.kind).chatCompletionsPath, idempotent: true };
}
