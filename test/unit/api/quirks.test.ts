import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { readChunk } from '../../../src/api/chunk.ts';
import { collectCompletion } from '../../../src/api/completion.ts';
import type { RequestOptions } from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import type { ChatCompletionChunk } from '../../../src/api/wire.ts';
import { startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, readAll, rejection } from './connections.ts';
import { cutAt, decode } from './decoding.ts';
import type { Quirk, ToldReply } from './quirk.ts';
import { errorQuirks } from './quirkErrors.ts';
import { quirks } from './quirkStreams.ts';
import { toolCallQuirks } from './quirkToolCalls.ts';

/** Any key will do for Ollama. */
const dummy = { kind: 'openai-compatible', credential: 'ollama' } as const;

function tell(chunks: readonly ChatCompletionChunk[], error: unknown): ToldReply {
  assert.ok(error === undefined || error instanceof ApiError, String(error));
  const { choices, usage } = collectCompletion(chunks);
  const { message = {}, finish_reason } = choices[0] ?? {};
  const { content = '', reasoning_content: reasoning, tool_calls: calls } = message;
  const told = {
    text: content,
    reasoning,
    calls: calls?.map(({ id, function: called = {}, extra_content: extra }) => ({
      id,
      name: called.name,
      arguments: called.arguments,
      extra,
    })),
    finish: finish_reason ?? undefined,
    tokens: usage?.total_tokens,
    error: error && [error.kind, error.details.code ?? null, error.details.providerMessage ?? null],
  };
  return JSON.parse(JSON.stringify(told));
}

async function read(url: string, options: RequestOptions = {}): Promise<ToldReply> {
  const { chunks, error } = await readAll(streamChatCompletion(aConnection(url, dummy), aRequest(), options));
  return tell(chunks, error);
}

/** The reply byte by byte, as one read each. */
function dripping({ body, contentType }: Quirk): Response {
  const bytes = new TextEncoder().encode(body);
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === bytes.length) {
        controller.close();
      } else {
        controller.enqueue(bytes.subarray(sent, (sent += 1)));
      }
    },
  });
  return new Response(stream, contentType === undefined ? {} : { headers: { 'content-type': contentType } });
}

describe('quirks of servers (wire contract F)', () => {
  for (const quirk of [...quirks, ...errorQuirks, ...toolCallQuirks]) {
    it(quirk.name, async () => {
      const { body, contentType, told } = quirk;
      const server = await startLoopback((response) => {
        response.writeHead(200, contentType === undefined ? {} : { 'content-type': contentType }).end(body);
      });
      try {
        assert.deepEqual(await read(server.url), told);
        assert.equal(server.received[0]?.headers.authorization, 'Bearer ollama');
      } finally {
        await server.stop();
      }

      assert.deepEqual(await read('https://x', { fetch: async () => dripping(quirk) }), told, 'byte by byte');

      const bytes = new TextEncoder().encode(body);
      for (let position = 0; position <= bytes.length; position += 1) {
        const { values, error } = decode(cutAt(bytes, position));
        const chunks = values.flatMap((value) => readChunk(value) ?? []);
        assert.deepEqual(tell(chunks, error), told, `cut at ${position}`);
      }
    });
  }

  it('Azure: rate limits of -1 and 0', async () => {
    const limits = { 'x-ratelimit-limit-requests': '-1', 'x-ratelimit-remaining-requests': '0' };
    const server = await startLoopback((response) => void response.writeHead(429, limits).end());
    try {
      const { details } = await rejection(listModels(aConnection(server.url)), 'rateLimited');
      assert.equal(details.retryAfterMs, undefined);
      const { headers = {} } = details;
      assert.deepEqual({ ...headers, ...limits }, headers);
    } finally {
      await server.stop();
    }
  });
});
