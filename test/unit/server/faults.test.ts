import assert from 'node:assert/strict';
import { faultNames } from '../../server/faults.ts';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { call, chunksOf, newRoom, openStream, storedMessages, textOf } from './httpCalls.ts';

const completions = '/v1/llms/chat/completions';
const prompt = '!echo one two three four five';

describe('test server: faults', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer();
  });
  afterEach(() => server.close());

  const streamed = async (path = completions): Promise<string> =>
    (await openStream(server, path, prompt)).text();

  for (const name of faultNames.status) {
    it(`answers with status ${name}, once`, async () => {
      server.fault({ name });
      const reply = await call(server, 'GET', '/v1/llms/chatrooms');
      assert.equal(reply.status, Number.parseInt(name, 10));
      assert.equal(reply.headers.get('content-type'), 'application/json');
      assert.ok(typeof reply.body === 'object' && reply.body !== null);
      assert.ok('code' in reply.body || 'error' in reply.body);
      assert.equal((await call(server, 'GET', '/v1/llms/chatrooms')).status, 200);
    });
  }

  it('takes times, path, method, headers and a body of its own', async () => {
    const body = { error: { message: 'no *way*', code: 'x' } };
    server.fault({
      name: '429',
      times: 2,
      method: 'POST',
      path: /completions$/,
      headers: { 'retry-after': '7' },
      body,
    });
    assert.equal((await call(server, 'GET', '/v1/llms/chatrooms')).status, 200);
    for (let i = 0; i < 2; i += 1) {
      const response = await openStream(server, completions, prompt);
      assert.equal(response.status, 429);
      assert.equal(response.headers.get('retry-after'), '7');
      assert.deepEqual(await response.json(), body);
    }
    assert.equal((await openStream(server, completions, prompt)).status, 200);
    server.fault({ name: '500', path: '/models' });
    server.clearFaults();
    assert.equal((await call(server, 'GET', '/v1/llms/models')).status, 200);
  });

  it('sends HTML pages and redirects', async () => {
    server.fault({ name: '502html' });
    server.fault({ name: '200html' });
    server.fault({ name: 'redirect', location: 'https://other.example/' });
    const [bad, good, away] = [
      await call(server, 'GET', '/v1/me'),
      await call(server, 'GET', '/v1/me'),
      await call(server, 'GET', '/v1/me'),
    ];
    assert.deepEqual([bad.status, good.status, away.status], [502, 200, 307]);
    assert.match(bad.text, /<h1>502 Bad Gateway<\/h1>/);
    assert.match(good.text, /^<!DOCTYPE html>/);
    assert.equal(away.headers.get('location'), 'https://other.example/');
  });

  it('resets the connection before any reply', async () => {
    server.fault({ name: 'reset' });
    await assert.rejects(call(server, 'GET', '/v1/me'), TypeError);
    const { requestClosed } = await server.waitForRequest(() => true);
    assert.equal((await requestClosed).early, false);
  });

  it('hangs without headers until the client leaves', async () => {
    server.fault({ name: 'hang' });
    const controller = new AbortController();
    const opened = openStream(server, completions, prompt, controller.signal);
    const { requestClosed } = await server.waitForRequest(() => true);
    controller.abort();
    await assert.rejects(opened, { name: 'AbortError' });
    assert.equal((await requestClosed).early, true);
  });

  it('cuts a stream in mid-event and stores what was sent', async () => {
    const room = await newRoom(server);
    server.fault({ name: 'cut' });
    await assert.rejects(streamed(`${room}/chat/completions`), TypeError);
    assert.deepEqual(await storedMessages(server, room), [
      ['user', prompt],
      ['assistant', 'one two three'],
    ]);
  });

  for (const name of ['lost-rest', 'lost-reply'] as const) {
    it(`stores the whole turn on ${name}`, async () => {
      const room = await newRoom(server);
      server.fault({ name });
      await assert.rejects(streamed(`${room}/chat/completions`), TypeError);
      assert.deepEqual(await storedMessages(server, room), [
        ['user', prompt],
        ['assistant', 'one two three four five'],
      ]);
    });
  }

  it('ends the body without [DONE]', async () => {
    server.fault({ name: 'eof', afterDeltas: 1 });
    const stream = await streamed();
    assert.equal(textOf(stream), 'one');
    assert.doesNotMatch(stream, /DONE/);
  });

  it('tells errors within the stream', async () => {
    server.fault({ name: 'error-event' });
    assert.match(
      await streamed(),
      /three[^]*\n\nevent: error\ndata: \{"code":"PROVIDER_ERROR","message":"[^"]+"\}\n\n$/,
    );
    server.fault({ name: 'error-data', body: { code: 'x' } });
    assert.match(await streamed(), /\n\ndata: \{"error":\{"code":"x"\}\}\n\n$/);
  });

  it('sends nothing, nothing but [DONE], and a whole reply to a request for a stream', async () => {
    server.fault({ name: 'empty' });
    server.fault({ name: 'done-only' });
    server.fault({ name: 'whole' });
    assert.equal(await streamed(), '');
    assert.equal(await streamed(), 'data: [DONE]\n\n');
    assert.match(await streamed(), /^\{"id":"[^]*"content":"one two three four five"/);
  });

  it('sends broken JSON and goes on', async () => {
    server.fault({ name: 'broken-json' });
    const stream = await streamed();
    assert.throws(() => chunksOf(stream), SyntaxError);
    assert.match(stream, /four[^]*five[^]*\[DONE\]/);
  });

  it('sends big events, big answers, and an answer that ends for its length', async () => {
    server.fault({ name: 'big-event', bytes: 100_000 });
    assert.equal(textOf(await streamed()).length, 100_000 + prompt.length - '!echo '.length);
    server.fault({ name: 'big-answer', bytes: 200_000 });
    assert.ok(textOf(await streamed()).length > 200_000);
    server.fault({ name: 'length' });
    const room = await newRoom(server);
    assert.match(
      await streamed(`${room}/chat/completions`),
      /three[^]*"finish_reason":"length"\}\]\}\n\ndata: \[DONE\]/,
    );
  });

  it('pauses, and plays the fault at the end of a short answer', async () => {
    server.fault({ name: 'slow', pauseMs: 1 });
    assert.equal(textOf(await streamed()), 'one two three four five');
    server.fault({ name: 'eof', afterDeltas: 1000 });
    const stream = await streamed();
    assert.equal(textOf(stream), 'one two three four five');
    assert.doesNotMatch(stream, /DONE/);
  });

  it('sends only comments until the client leaves', async () => {
    server.fault({ name: 'comments', pauseMs: 1 });
    const response = await openStream(server, completions, prompt);
    let seen = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      seen += decoder.decode(bytes);
      if (seen.split(': keep-alive\n\n').length > 3) break;
    }
    const { requestClosed } = await server.waitForRequest(() => true);
    assert.equal((await requestClosed).early, true);
  });

  it('plays faults on whole replies too', async () => {
    const whole = (): ReturnType<typeof call> =>
      call(server, 'POST', completions, { messages: [{ role: 'user', content: prompt }] });
    server.fault({ name: 'empty' });
    assert.equal((await whole()).text, '');
    server.fault({ name: 'error-data' });
    assert.partialDeepStrictEqual((await whole()).body, { error: { code: 'PROVIDER_ERROR' } });
    server.fault({ name: 'slow', pauseMs: 1 });
    assert.equal((await whole()).status, 200);
    server.fault({ name: 'cut' });
    await assert.rejects(whole(), TypeError);
  });

  it('is ordered by a prompt', async () => {
    const room = await newRoom(server);
    const refused = await openStream(server, `${room}/chat/completions`, '!fault 402');
    assert.equal(refused.status, 402);
    assert.partialDeepStrictEqual(await refused.json(), { code: 'INSUFFICIENT_CREDITS' });
    assert.deepEqual(await storedMessages(server, room), []);
    const stream = await openStream(server, completions, '!fault done-only');
    assert.equal(await stream.text(), 'data: [DONE]\n\n');
    const unknown = await openStream(server, completions, '!fault nothing');
    assert.match(textOf(await unknown.text()), /Turn 1/);
  });
});
