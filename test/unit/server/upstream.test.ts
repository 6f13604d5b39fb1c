import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { ask, askStream } from './dialectCalls.ts';
import { call, newRoom, openStream, storedMessages, textOf } from './httpCalls.ts';

const delta = (fields: object, more: object = {}): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: fields, ...more }] })}\r\n\r\n`;

describe('test server: upstream', () => {
  let upstream: Server;
  let server: RunningServer;
  let answer: { status: number; body: string };
  let seen: { headers: IncomingHttpHeaders; body: unknown }[];

  beforeEach(async () => {
    seen = [];
    answer = { status: 200, body: '' };
    upstream = createHttpServer((request, response) => {
      if (request.url === '/v1/models') {
        response.end(JSON.stringify({ data: [{ id: 'llama3:8b' }, { id: 'org/other' }] }));
        return;
      }
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        seen.push({ headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) });
        response.writeHead(answer.status, { 'content-type': 'text/event-stream' });
        response.end(answer.body);
      });
    });
    await new Promise<void>((resolve) => {
      upstream.listen(0, '127.0.0.1', () => resolve());
    });
    const address = upstream.address();
    assert.ok(typeof address === 'object' && address !== null);
    server = await createServer({ upstream: `http://127.0.0.1:${address.port}/v1/`, upstreamKey: 'secret' });
  });
  afterEach(async () => {
    await server.close();
    await new Promise((resolve) => {
      upstream.close(resolve);
    });
  });

  it('lists the models of the upstream server', async () => {
    assert.partialDeepStrictEqual((await call(server, 'GET', '/v1/llms/models')).body, {
      models: [{ id: 'upstream/llama3:8b', name: 'llama3:8b' }, { id: 'upstream/org/other' }],
      total_count: 2,
    });
  });

  it('passes the history on and re-emits the deltas in its own shape', async () => {
    const room = await newRoom(server);
    const calls = [{ index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }];
    answer.body = `: hi\r\n\r\n${delta({ role: 'assistant', content: '' })}${delta({ content: '仙' })}${delta({ content: '台' }, { finish_reason: null })}${delta({ tool_calls: calls }, { finish_reason: 'tool_calls' })}data: [DONE]\r\n\r\n`;
    const stream = await (await openStream(server, `${room}/chat/completions`, 'one')).text();
    assert.equal(textOf(stream), '仙台');
    assert.match(
      stream,
      /"model":"upstream:llama3:8b"[^]*"tool_calls":\[\{"index":0,"id":"c"[^]*"finish_reason":"tool_calls"/,
    );
    await call(server, 'POST', `${room}/chat/completions`, {
      messages: [{ role: 'user', content: 'two' }],
      model: 'upstream/org/other',
      temperature: 0.5,
      top_p: null,
    });
    assert.deepEqual(seen[1]?.body, {
      model: 'org/other',
      stream: true,
      temperature: 0.5,
      messages: [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: '仙台' },
        { role: 'user', content: 'two' },
      ],
    });
    assert.equal(seen[1]?.headers.authorization, 'Bearer secret');
  });

  it('answers 502 with the cause if the upstream server refuses', async () => {
    answer = { status: 404, body: 'no such model' };
    const response = await openStream(server, '/v1/llms/chat/completions', 'hi');
    assert.equal(response.status, 502);
    assert.match(await response.text(), /answered 404: no such model/);
  });

  it('tells a failure in mid-stream as an error event and keeps the text', async () => {
    const room = await newRoom(server);
    answer.body = `${delta({ content: 'part' })}data: {"error":{"message":"overloaded"}}\n\n`;
    const stream = await (await openStream(server, `${room}/chat/completions`, 'hi')).text();
    assert.match(stream, /event: error\ndata: \{"code":"BAD_GATEWAY","message":"upstream: [^]*overloaded/);
    assert.deepEqual(await storedMessages(server, room), [
      ['user', 'hi'],
      ['assistant', 'part'],
    ]);
  });

  it('passes alternatives and reasoning on to dialects that have them', async () => {
    const choice = (index: number, content: string): string =>
      delta({ content }).replace('"index":0', `"index":${index}`);
    const last = delta({}, { finish_reason: 'length' }).replace('"index":0', '"index":1');
    answer.body = delta({ reasoning: 'hm' }) + choice(1, 'b') + choice(0, 'a') + last;
    const fields = { model: 'upstream/llama3:8b', n: 2 };
    assert.partialDeepStrictEqual((await ask(server, 'openai-compatible', 'hi', fields)).body, {
      model: 'upstream/llama3:8b',
      choices: [
        { message: { content: 'a', reasoning_content: 'hm' }, finish_reason: 'stop' },
        { message: { content: 'b' }, finish_reason: 'length' },
      ],
    });
  });

  it('tells a failure in mid-stream as the dialect does', async () => {
    const fields = { model: 'upstream/llama3:8b' };
    answer.body = `${delta({ content: 'part' })}data: {"error":{"message":"overloaded"}}\n\n`;
    assert.match(
      (await askStream(server, 'openai', 'hi', fields)).text,
      /\ndata: \{"error":\{"code":"BAD_GATEWAY"/,
    );
    const silent = (await askStream(server, 'atoma', 'hi', fields)).text;
    assert.equal(textOf(silent), 'part');
    assert.doesNotMatch(silent, /error/);
  });

  it('answers 502 if the upstream server cannot be reached', async () => {
    const other = await createServer({ upstream: 'http://127.0.0.1:1/v1' });
    try {
      assert.match((await call(other, 'GET', '/v1/llms/models')).text, /cannot be reached/);
    } finally {
      await other.close();
    }
  });
});
