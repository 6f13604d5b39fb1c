import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind } from '../../../src/api/apiError.ts';
import type { Connection } from '../../../src/api/connection.ts';
import type { ChatCompletionChunk } from '../../../src/api/wire.ts';
import type { ChatCompletionRequest } from '../../../src/api/wireRequest.ts';

/** The key of every test connection. */
export const testKey = 'pk_test/key+1';

/** A Tachyon connection to `url` that sends each request once. */
export function aConnection(url: string, changes: Partial<Connection> = {}): Connection {
  return {
    name: 'tachyon',
    kind: 'tachyon',
    url,
    operatorId: 'tn_01',
    credential: testKey,
    retry: { strategy: 'none' },
    ...changes,
  };
}

/** A request with one prompt. */
export function aRequest(changes: Partial<ChatCompletionRequest> = {}): ChatCompletionRequest {
  return { messages: [{ role: 'user', content: 'Hi' }], model: 'openai/gpt-4.1', ...changes };
}

/** The text of all chunks, and what the stream threw in the end. */
export async function readAll(
  chunks: AsyncIterable<ChatCompletionChunk>,
): Promise<{ text: string; chunks: ChatCompletionChunk[]; error: unknown }> {
  const seen: ChatCompletionChunk[] = [];
  let error: unknown;
  try {
    for await (const chunk of chunks) {
      seen.push(chunk);
    }
  } catch (thrown) {
    error = thrown;
  }
  return {
    text: seen
      .flatMap((chunk) => chunk.choices)
      .map(({ delta }) => delta.content ?? '')
      .join(''),
    chunks: seen,
    error,
  };
}

/** Asserts that `promise` rejects with an ApiError of `kind`, and gives it. */
export async function rejection(promise: Promise<unknown>, kind: ApiErrorKind): Promise<ApiError> {
  let thrown: unknown;
  await assert.rejects(promise, (error) => {
    thrown = error;
    return true;
  });
  return assertApiError(thrown, kind);
}

/** Asserts that `error` is an ApiError of `kind`, and gives it. */
export function assertApiError(error: unknown, kind: ApiErrorKind): ApiError {
  assert.ok(error instanceof ApiError, `no ApiError: ${String(error)}`);
  assert.equal(error.kind, kind, `${error.kind}: ${error.message}`);
  return error;
}

/** A chunk of the stream as Tachyon writes it, with a text. */
export function textEvent(content: string): string {
  return `data: ${JSON.stringify({ id: 'msg_1', model: 'm', choices: [{ index: 0, delta: { content } }] })}\n\n`;
}
