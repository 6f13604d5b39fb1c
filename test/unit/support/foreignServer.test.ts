import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ForeignServer } from '../../support/foreignServer.ts';
import { startForeignServer } from '../../support/foreignServer.ts';
import { call, chunksOf, newRoom, storedMessages, textOf } from '../server/httpCalls.ts';

const headers = {
  authorization: 'Bearer pk_foreign',
  'x-operator-id': 'tn_01jforeign',
  'content-type': 'application/json',
  accept: 'application/json',
};
const streaming = { ...headers, accept: 'text/event-stream, application/json' };
const completions = '/v1/llms/chat/completions';
const long = '仙台の天気は晴れです😀。'.repeat(40);

describe('foreign server', () => {
  let server: ForeignServer;
  beforeEach(async () => {
    server = await startForeignServer();
  });
  afterEach(() => server.close());

  const open = (prompt: string, at = completions, signal?: AbortSignal): Promise<Response> =>
    fetch(server.url + at, {
      method: 'POST',
      headers: streaming,
      body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: prompt }] }),
      ...(signal && { signal }),
    });

  const modelList = async (query: string): Promise<unknown> =>
    (await call(server, 'GET', `/v1/llms/models${query}`, undefined, headers)).body;

  it('streams as the captures do: nulls, parts, comments, JSON content type, no finish reason', async () => {
    server.reply(long);
    const response = await open('hi');
    assert.equal(response.headers.get('content-type'), 'application/json');
    const stream = await response.text();
    assert.equal(textOf(stream), long);
    assert.match(stream, /^: keep-alive\n\n/);
    assert.ok(stream.endsWith('data: [DONE]\n\n'));
    const chunks = chunksOf(stream);
    assert.ok(chunks.some((chunk) => Array.isArray(chunk.choices[0]?.delta.content)));
    assert.ok(chunks.every((chunk) => chunk.choices[0]?.finish_reason === null));
    assert.partialDeepStrictEqual(chunks[1]?.choices[0]?.delta, { role: null, tool_calls: null });
    assert.deepEqual(server.violations, []);
  });

  it('cuts its writes inside characters', async () => {
    server.reply(long);
    const response = await open('hi');
    let broken = 0;
    for await (const bytes of response.body ?? []) {
      if (new TextDecoder().decode(bytes).startsWith('\uFFFD')) broken += 1;
    }
    assert.ok(broken > 0);
  });

  it('keeps chatrooms, their last user messages and whole replies', async () => {
    const room = await newRoom(server, 'Room', headers);
    const stream = await (await open('one', `${room}/chat/completions`)).text();
    assert.equal(textOf(stream), 'Reply 1 to: one 応答です。');
    assert.ok(chunksOf(stream).every((chunk) => !('created' in chunk)));
    assert.match(stream, /"delta":\{"role":"assistant","content":"R/);
    const messages = [
      { role: 'user', content: 'carried' },
      { role: 'user', content: 'two' },
    ];
    const whole = await call(server, 'POST', `${room}/chat/completions`, { messages }, headers);
    assert.partialDeepStrictEqual(whole.body, {
      choices: [{ message: { content: 'Reply 2 to: two 応答です。' } }],
    });
    assert.deepEqual(
      (await storedMessages(server, room, headers)).map(([role, text]) => [role, text.slice(0, 9)]),
      [
        ['user', 'one'],
        ['assistant', 'Reply 1 t'],
        ['user', 'two'],
        ['assistant', 'Reply 2 t'],
      ],
    );
    const rooms = await call(server, 'GET', '/v1/llms/chatrooms?limit=1', undefined, headers);
    assert.partialDeepStrictEqual(rooms.body, {
      chatrooms: [{ name: 'Room' }],
      paginator: { total_items: 1 },
    });
    await call(server, 'PATCH', room, { name: 'New', metadata: { a: 1 } }, headers);
    assert.partialDeepStrictEqual([...server.chatrooms.values()], [{ name: 'New', metadata: { a: 1 } }]);
    assert.equal((await call(server, 'DELETE', room, undefined, headers)).status, 204);
    assert.equal((await open('gone', `${room}/chat/completions`)).status, 404);
    assert.deepEqual(server.violations, []);
  });

  it('lists agent models only, unless told otherwise', async () => {
    assert.partialDeepStrictEqual(await modelList(''), { total_count: 1 });
    assert.partialDeepStrictEqual(await modelList('?require_agent_product=false'), { total_count: 3 });
  });

  it('plays scripts, one per completion', async () => {
    server.fail(402, { error: 'payment_required', code: 'X' }, { 'x-a': '1' });
    server.failHtml502();
    server.raw('data: {"error":"boom"}\n\n');
    const refused = await open('hi');
    assert.deepEqual([refused.status, refused.headers.get('x-a')], [402, '1']);
    assert.partialDeepStrictEqual(await refused.json(), { code: 'X' });
    const page = await open('hi');
    assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html']);
    assert.equal(await (await open('hi')).text(), 'data: {"error":"boom"}\n\n');
  });

  it('holds a stream open and sees when the client leaves', async () => {
    const room = await newRoom(server, 'Held', headers);
    server.hold('partial');
    const controller = new AbortController();
    const response = await open('hi', `${room}/chat/completions`, controller.signal);
    const decoder = new TextDecoder();
    let seen = '';
    for await (const bytes of response.body ?? []) {
      seen += decoder.decode(bytes, { stream: true });
      if (textOf(seen.slice(0, seen.lastIndexOf('\n\n') + 1)) === 'partial') break;
    }
    controller.abort();
    const { closed } = await server.waitForRequest((request) => request.path.endsWith('completions'));
    assert.equal((await closed).early, true);
    assert.deepEqual(await storedMessages(server, room, headers), [['user', 'hi']]);
  });

  it('can leave out [DONE] and the content type of the specification', async () => {
    const other = await startForeignServer({ done: false, contentType: 'text/event-stream', seed: 7 });
    try {
      const body = { stream: true, messages: [{ role: 'user', content: 'hi' }] };
      const reply = await call(other, 'POST', completions, body, streaming);
      assert.equal(reply.headers.get('content-type'), 'text/event-stream');
      assert.equal(textOf(reply.text), 'Reply 1 to: hi 応答です。');
      assert.doesNotMatch(reply.text, /DONE/);
    } finally {
      await other.close();
    }
  });

  it('refuses wrong headers with 400 and notes them', async () => {
    const body = { messages: [{ role: 'user', content: 'hi' }] };
    const statusWith = async (changes: Record<string, string>, stream = false): Promise<number> =>
      (await call(server, 'POST', completions, { ...body, stream }, { ...headers, ...changes })).status;
    assert.equal(await statusWith({}), 200);
    assert.equal(await statusWith({ 'x-operator-id': '' }), 400);
    assert.equal(await statusWith({ 'content-type': 'text/plain' }), 400);
    assert.equal(await statusWith({ accept: 'text/event-stream' }), 400);
    assert.equal(await statusWith({}, true), 400);
    assert.equal(server.violations.length, 4);
    assert.equal(await statusWith({ authorization: 'Bearer other' }), 401);
    assert.equal(await statusWith({ 'x-operator-id': 'tn_other' }), 403);
    assert.equal(server.violations.length, 4);
  });

  it('notes unknown fields, routes and missing queries', async () => {
    const part = { type: 'text', text: 'hi', extra: 1 };
    const body = { messages: [{ role: 'user', name: 'n', content: [part] }], max_tokens: 1 };
    assert.equal((await call(server, 'POST', completions, body, headers)).status, 200);
    assert.deepEqual(
      server.violations.map((violation) => violation.split(': ')[1]),
      [
        'unknown field max_tokens',
        'unknown field messages[].name',
        'unknown field messages[].content[].extra',
      ],
    );
    const room = await newRoom(server, 'Room', headers);
    assert.equal((await call(server, 'GET', `${room}/messages?limit=1`, undefined, headers)).status, 400);
    assert.equal((await call(server, 'PUT', room, {}, headers)).status, 404);
    assert.equal((await call(server, 'POST', completions, '{', headers)).status, 400);
    assert.equal(server.violations.length, 6);
  });

  it('runs as a process of its own', async () => {
    const file = path.join(import.meta.dirname, '../../support/foreignServer.ts');
    const child = spawn(process.execPath, [file, '--port', '0', '--key', 'k']);
    const closed = once(child, 'close');
    const [url]: unknown[] = await once(createInterface(child.stdout), 'line');
    const own = { ...headers, authorization: 'Bearer k' };
    const reply = await call({ url: String(url) }, 'GET', '/v1/auth/operators/by-user', undefined, own);
    assert.partialDeepStrictEqual(reply.body, [{ id: 'tn_01jforeign' }]);
    child.kill();
    await closed;
  });
});
