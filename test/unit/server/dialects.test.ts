import assert from 'node:assert/strict';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { ask, askStream, chatModels, keyHeaders, openaiKinds, pathOf } from './dialectCalls.ts';
import { call, goodHeaders, textOf } from './httpCalls.ts';

const usage = { prompt_tokens: 4, completion_tokens: 3, total_tokens: 7 };
const withUsage = { stream_options: { include_usage: true } };
const noKey = { 'content-type': 'application/json' };

describe('test server: dialects', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer();
  });
  afterEach(() => server.close());

  it('gives each dialect a base URL of its own', () => {
    assert.deepEqual(server.baseUrls, {
      tachyon: server.url,
      openai: `${server.url}/openai/v1`,
      atoma: `${server.url}/atoma`,
      'openai-compatible': `${server.url}/compatible/v1`,
    });
  });

  for (const kind of openaiKinds) {
    it(`${kind}: lists models, and answers only with those that chat`, async () => {
      const path = pathOf(server, kind, '/models');
      const { body, text } = await call(server, 'GET', path, undefined, keyHeaders);
      assert.partialDeepStrictEqual(body, { object: 'list', data: [{ object: 'model' }] });
      const list: { data: { id: string; created: number; owned_by: string }[] } = JSON.parse(text);
      assert.ok(list.data.some(({ id }) => id === chatModels[kind]));
      assert.ok(list.data.every(({ created, owned_by }) => created > 0 && owned_by !== ''));
      const [first] = list.data;
      assert.match(first?.id ?? '', /embed/i);
      assert.equal((await ask(server, kind, 'hi', { model: first?.id })).status, 404);
      assert.equal((await ask(server, kind, 'hi', { model: 'none' })).status, 404);
      assert.match((await ask(server, kind, 'hi')).text, new RegExp(`model \`${chatModels[kind]}\``));
    });

    it(`${kind}: answers whole, with usage`, async () => {
      assert.partialDeepStrictEqual((await ask(server, kind, '!echo whole reply')).body, {
        object: 'chat.completion',
        model: chatModels[kind],
        choices: [
          { index: 0, message: { role: 'assistant', content: 'whole reply' }, finish_reason: 'stop' },
        ],
        usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
      });
    });

    it(`${kind}: streams a role, the text and a finish reason, without usage unless asked`, async () => {
      const { chunks, headers, text } = await askStream(server, kind, '!echo Hello there');
      assert.equal(headers.get('content-type'), 'text/event-stream');
      assert.deepEqual(
        chunks.map(({ choices }) => choices[0]?.finish_reason),
        [null, null, null, 'stop'],
      );
      assert.partialDeepStrictEqual(chunks[0], {
        object: 'chat.completion.chunk',
        model: chatModels[kind],
        choices: [{ index: 0, delta: { role: 'assistant', content: '' } }],
      });
      assert.deepEqual(chunks[1]?.choices[0]?.delta, { content: 'Hello' });
      assert.deepEqual(chunks.at(-1)?.choices[0]?.delta, {});
      assert.equal(textOf(text), 'Hello there');
      assert.ok(chunks.every((chunk) => !('usage' in chunk)));
      assert.equal(text.endsWith('\n\ndata: [DONE]\n\n'), kind !== 'atoma');
    });
  }

  it('sends usage where each dialect has it', async () => {
    const openai = (await askStream(server, 'openai', '!echo four words are here', withUsage)).chunks;
    assert.deepEqual(
      openai.map((chunk) => [chunk.choices.length, chunk.usage === null]),
      [...Array.from({ length: 6 }, () => [1, true]), [0, false]],
    );
    assert.partialDeepStrictEqual(openai.at(-1), {
      usage: { total_tokens: 12, completion_tokens_details: { reasoning_tokens: 0 } },
    });
    const compatible = (await askStream(server, 'openai-compatible', '!echo 12345678', withUsage)).chunks;
    assert.deepEqual(
      compatible.map((chunk) => chunk.usage),
      [undefined, undefined, undefined, { ...usage, completion_tokens: 2, total_tokens: 6 }],
    );
    assert.deepEqual(compatible.at(-1)?.choices, []);
    const atoma = (await askStream(server, 'atoma', '!echo 123456789', { n: 2, ...withUsage })).chunks;
    assert.equal(atoma.at(-1)?.choices[0]?.finish_reason, 'stop');
    assert.deepEqual(
      atoma.slice(-2).map((chunk) => 'usage' in chunk),
      [false, true],
    );
    assert.equal(atoma.filter((chunk) => 'usage' in chunk).length, 1);
  });

  const refusals = {
    openai: { error: { type: 'invalid_request_error', param: null, code: 'invalid_api_key' } },
    atoma: { error: { code: 'AUTH_ERROR' } },
  };
  for (const kind of ['openai', 'atoma'] as const) {
    it(`${kind}: refuses a missing or wrong key, and does not repeat it`, async () => {
      for (const authorization of ['', 'Bearer wrong-key', 'bearer dummy-token', 'dummy-token']) {
        const reply = await ask(server, kind, 'hi', {}, { ...noKey, authorization });
        assert.equal(reply.status, 401);
        assert.partialDeepStrictEqual(reply.body, refusals[kind]);
        assert.doesNotMatch(reply.text, /wrong-key|dummy-token/);
      }
    });
  }

  it('openai-compatible: needs no key and takes any', async () => {
    assert.equal((await ask(server, 'openai-compatible', 'hi', {}, noKey)).status, 200);
    const headers = { ...noKey, authorization: 'Basic x' };
    assert.equal((await ask(server, 'openai-compatible', 'hi', {}, headers)).status, 200);
  });

  const wrongPaths: [method: string, path: string, status: number, body: object][] = [
    ['POST', '/openai/chat/completions', 404, { error: { type: 'invalid_request_error', code: null } }],
    ['POST', '/openai/v1/v1/chat/completions', 404, { error: { param: null } }],
    ['GET', '/openai/v1/chat/completions', 405, { error: { code: 'method_not_supported' } }],
    ['POST', '/atoma/chat/completions', 404, { error: { code: 'NOT_FOUND' } }],
    ['POST', '/compatible/x', 200, { error: 'Unexpected endpoint or method. (POST /x)' }],
    ['POST', '/compatible', 200, { error: 'Unexpected endpoint or method. (POST )' }],
    ['GET', '/compatible/v1/chat/completions', 200, {}],
    ['GET', '/compatible/models?x=1', 200, { error: 'Unexpected endpoint or method. (GET /models)' }],
    ['GET', '/openaiX/v1/models', 404, { code: 'NOT_FOUND' }],
  ];
  for (const [method, path, status, body] of wrongPaths) {
    it(`answers ${method} ${path} with ${status}`, async () => {
      const reply = await call(server, method, path, method === 'POST' ? {} : undefined, goodHeaders);
      assert.equal(reply.status, status);
      assert.partialDeepStrictEqual(reply.body, body);
    });
  }

  it('tells an unknown model and gives a request id as OpenAI does', async () => {
    const reply = await ask(server, 'openai', 'hi', { model: 'gpt-none' });
    assert.match(reply.headers.get('x-request-id') ?? '', /^req_\w+$/);
    assert.partialDeepStrictEqual(reply.body, {
      error: { type: 'invalid_request_error', param: null, code: 'model_not_found' },
    });
    assert.match(reply.text, /`gpt-none` does not exist/);
    assert.equal((await ask(server, 'atoma', 'hi')).headers.get('x-request-id'), null);
  });

  it('pads the deltas of OpenAI unless told not to', async () => {
    const padded = await askStream(server, 'openai', '!echo a');
    assert.match(padded.text, /"obfuscation":"x+"/);
    const bare = await askStream(server, 'openai', '!echo a', {
      stream_options: { include_obfuscation: false },
    });
    assert.doesNotMatch(bare.text, /obfuscation/);
  });

  it('sends comments to clients of Atoma while the model is slow', async () => {
    server.fault({ name: 'slow', pauseMs: 100 });
    const { text } = await askStream(server, 'atoma', '!echo one two');
    assert.match(text, /^data: [^]*\n\n(: keep-alive\n\n)+data: [^]*\n\n(: keep-alive\n\n)+data: /);
    assert.equal(textOf(text), 'one two');
    server.fault({ name: 'slow', pauseMs: 50 });
    assert.doesNotMatch((await askStream(server, 'openai', '!echo one')).text, /keep-alive/);
  });
});
