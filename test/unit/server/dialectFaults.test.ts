import assert from 'node:assert/strict';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { ask, askStream, chatModels, keyHeaders, openaiKinds, pathOf } from './dialectCalls.ts';
import { call, textOf } from './httpCalls.ts';

const prompt = '!echo one two three four five';

/** What a status fault's body says in each dialect. */
const errors = {
  tachyon: { code: 'TOO_MANY_REQUESTS', message: 'rate limit exceeded' },
  openai: { error: { message: 'rate limit exceeded', type: 'requests', code: 'rate_limit_exceeded' } },
  atoma: { error: { code: 'TOO_MANY_REQUESTS', message: 'rate limit exceeded' } },
  'openai-compatible': { error: { message: 'rate limit exceeded', code: null } },
} as const;

describe('test server: faults in other dialects', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer();
  });
  afterEach(() => server.close());

  const openStream = (kind: (typeof openaiKinds)[number], stream = true): Promise<Response> =>
    fetch(server.url + pathOf(server, kind, '/chat/completions'), {
      method: 'POST',
      headers: keyHeaders,
      body: JSON.stringify({
        model: chatModels[kind],
        messages: [{ role: 'user', content: prompt }],
        stream,
      }),
    });

  for (const kind of ['tachyon', ...openaiKinds] as const) {
    it(`${kind}: tells a status in the dialect's words`, async () => {
      server.fault({ name: '429', times: 2 });
      const path = kind === 'tachyon' ? '/v1/me' : pathOf(server, kind, '/models');
      for (const status of [429, 429, 200]) {
        const reply = await call(server, 'GET', path, undefined, keyHeaders);
        assert.equal(reply.status, status);
        if (status === 429) assert.partialDeepStrictEqual(reply.body, errors[kind]);
      }
    });
  }

  for (const kind of openaiKinds) {
    it(`${kind}: redirects, breaks off, sends nothing, or sends a whole reply for a stream`, async () => {
      server.fault({ name: 'redirect', location: 'https://other.example/v1' });
      const away = await ask(server, kind, prompt);
      assert.deepEqual([away.status, away.headers.get('location')], [307, 'https://other.example/v1']);
      server.fault({ name: 'cut' });
      await assert.rejects(askStream(server, kind, prompt), TypeError);
      server.fault({ name: 'eof' });
      assert.equal(textOf((await askStream(server, kind, prompt)).text), 'one two three');
      server.fault({ name: 'error-data' });
      assert.match(
        (await askStream(server, kind, prompt)).text,
        /three[^]*\ndata: \{"error":\{"code":"PROVIDER_ERROR","message":"[^"]+"\}\}\n\n$/,
      );
      server.fault({ name: 'done-only' });
      const { text } = await askStream(server, kind, prompt);
      assert.equal(text, kind === 'atoma' ? '' : 'data: [DONE]\n\n');
      server.fault({ name: 'whole' });
      assert.match((await askStream(server, kind, prompt)).text, /^\{"id"[^]*"one two three four five"/);
      server.fault({ name: 'length' });
      const cut = await askStream(server, kind, prompt);
      assert.equal(cut.chunks.at(-1)?.choices[0]?.finish_reason, 'length');
    });

    it(`${kind}: sends one line without end until the client leaves`, async () => {
      for (const stream of [true, false]) {
        server.fault({ name: 'endless' });
        const response = await openStream(kind, stream);
        let line = '';
        const decoder = new TextDecoder();
        for await (const bytes of response.body ?? []) {
          line = (line + decoder.decode(bytes)).replace(/^[^]*\n/, '');
          if (line.length > 1_000_000) break;
        }
        assert.match(line.slice(0, 1000), /^(data: )?\{"id":[^]*"content":"x+$/);
        const { requestClosed } = server.requests.at(-1) ?? {};
        assert.equal((await requestClosed)?.early, true);
      }
    });

    it(`${kind}: sends deeply nested JSON as one event, or as the whole reply`, async () => {
      server.fault({ name: 'bomb', times: 2 });
      const nested = `"content":${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      const { text } = await askStream(server, kind, prompt);
      const bomb = text.split('\n').find((line) => line.includes(nested));
      assert.match(bomb?.slice(0, 20) ?? '', /^data: \{"id":/);
      assert.match(text.replace(nested, ''), /three[^]*four[^]*five[^]*"finish_reason":"stop"/);
      const whole = (await ask(server, kind, prompt)).text;
      assert.ok(whole.startsWith('{"id":') && whole.includes(nested));
    });
  }

  it('tells when to come back, and when not to', async () => {
    const rows = [
      ['429retry-after', 429, 'retry-after', '1'],
      ['429retry-after-ms', 429, 'retry-after-ms', '50'],
      ['500final', 500, 'x-should-retry', 'false'],
    ] as const;
    for (const [name, status, header, value] of rows) {
      const reply = await ask(server, 'openai', `!fault ${name}`);
      assert.deepEqual([reply.status, reply.headers.get(header)], [status, value]);
    }
  });

  it('fails as often as the prompt says, answers once, and begins anew', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await ask(server, 'atoma', '!fault 423 x2')).status);
    assert.deepEqual(statuses, [423, 423, 200, 423, 423, 200, 423]);
    assert.equal((await ask(server, 'atoma', '!fault 423 x2', { top_k: 1 })).status, 400);
  });

  it('sends no comments to clients of Atoma when it is to stall', async () => {
    server.fault({ name: 'stall', afterDeltas: 1 });
    const stalled = await openStream('atoma');
    let seen = '';
    const reading = (async () => {
      for await (const bytes of stalled.body ?? []) seen += new TextDecoder().decode(bytes);
    })();
    // Another answer takes long enough for comments to come.
    server.fault({ name: 'slow', pauseMs: 100 });
    assert.match((await askStream(server, 'atoma', '!echo a')).text, /: keep-alive/);
    assert.match(seen, /"one"[^\n]*\n\n$/);
    await Promise.all([assert.rejects(reading), server.close()]);
    server = await createServer();
  });
});
