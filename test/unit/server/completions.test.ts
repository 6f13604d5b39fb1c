import assert from 'node:assert/strict';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { call, chunksOf, newRoom, openStream, storedMessages, textOf } from './httpCalls.ts';

const completions = '/v1/llms/chat/completions';

describe('test server: completions', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer();
  });
  afterEach(() => server.close());

  const ask = (
    prompt: string,
    fields: object = {},
  ): Promise<{ status: number; body: unknown; text: string }> =>
    call(server, 'POST', completions, { messages: [{ role: 'user', content: prompt }], ...fields });

  it('streams chat completions with explicit nulls and no finish reason', async () => {
    const stream = await (await openStream(server, completions, '!echo Hello there')).text();
    const [first, second] = chunksOf(stream);
    const nulls = { refusal: null, function_call: null, tool_calls: null };
    assert.partialDeepStrictEqual(first, {
      object: 'chat.completion.chunk',
      model: 'demo',
      system_fingerprint: null,
      choices: [
        {
          index: 0,
          delta: { content: '', role: 'assistant', ...nulls },
          logprobs: null,
          finish_reason: null,
        },
      ],
    });
    assert.deepEqual(second?.choices[0]?.delta, { content: 'Hello', role: null, ...nulls });
    assert.ok(chunksOf(stream).every((chunk) => chunk.choices[0]?.finish_reason === null));
    assert.ok(stream.endsWith('\n\ndata: [DONE]\n\n'));
    assert.equal(textOf(stream), 'Hello there');
  });

  it('streams chatroom completions with the role on every chunk, no created, and a finish reason', async () => {
    const room = await newRoom(server);
    const stream = await (await openStream(server, `${room}/chat/completions`, '!echo 仙台の 天気')).text();
    const chunks = chunksOf(stream);
    assert.deepEqual(Object.keys(chunks[0] ?? {}), ['id', 'object', 'model', 'choices']);
    assert.equal(chunks[0]?.model, 'tachyon:demo');
    assert.deepEqual(chunks[0]?.choices, [{ delta: { role: 'assistant' }, index: 0 }]);
    assert.deepEqual(chunks[1]?.choices, [{ delta: { role: 'assistant', content: '仙台の' }, index: 0 }]);
    assert.deepEqual(chunks.at(-1)?.choices, [{ delta: {}, index: 0, finish_reason: 'stop' }]);
    assert.equal(textOf(stream), '仙台の 天気');
  });

  it('answers whole unless a stream is asked for', async () => {
    assert.partialDeepStrictEqual((await ask('!echo whole reply')).body, {
      object: 'chat.completion',
      model: 'tachyon:demo',
      choices: [{ index: 0, message: { role: 'assistant', content: 'whole reply' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
    });
  });

  it('explains what a chatroom is, and otherwise shows what was asked', async () => {
    assert.match((await ask('What is a chatroom?')).text, /stored on the server/);
    assert.match((await ask('チャットルームとは何ですか')).text, /サーバーに保存/);
    const [one, two] = [await ask('say\nhi'), await ask('say\nhi')];
    assert.match(one.text, /> say\\n> hi/);
    assert.match(one.text, /\*\*Turn 1\*\* · model `tachyon\/demo` · 6 characters/);
    assert.equal(
      one.text.replaceAll(/chatcmpl-\w+|"created":\d+/g, ''),
      two.text.replaceAll(/chatcmpl-\w+|"created":\d+/g, ''),
    );
  });

  it('writes answers of a given length, and stops at max_completion_tokens', async () => {
    const stream = await (await openStream(server, completions, '!long 150000')).text();
    assert.equal(textOf(stream).length, 150_000);
    assert.ok(chunksOf(stream).length < 2100);
    assert.partialDeepStrictEqual((await ask('!long 5000', { max_completion_tokens: 2 })).body, {
      choices: [{ message: { content: 'Paragraph' }, finish_reason: 'length' }],
    });
  });

  it('calls a tool of the request in fragments', async () => {
    const parameters = { type: 'object', properties: {}, required: [] };
    const tools = [{ type: 'function', function: { name: 'look', description: 'd', parameters } }];
    const prompt = '!tool look {"at":"x"}';
    const whole = await ask(prompt, { tools });
    const call0 = {
      id: 'call_demo_1',
      type: 'function',
      function: { name: 'look', arguments: '{"at":"x"}' },
    };
    assert.partialDeepStrictEqual(whole.body, {
      choices: [{ message: { content: null, tool_calls: [call0] }, finish_reason: 'tool_calls' }],
    });
    const room = await newRoom(server);
    const messages = [{ role: 'user', content: prompt }];
    const streamed = await call(server, 'POST', `${room}/chat/completions`, {
      messages,
      tools,
      stream: true,
    });
    assert.deepEqual(
      chunksOf(streamed.text).map((chunk) => chunk.choices[0]?.finish_reason),
      [undefined, undefined, undefined, undefined, 'tool_calls'],
    );
    assert.match((await ask(prompt)).text, /Turn 1/);
  });

  it('takes a model by id, with a colon, by shorthand or not at all, and refuses any other', async () => {
    const modelOf = async (model?: string): Promise<string | undefined> =>
      /model `([^`]+)`/.exec((await ask('hi', { model })).text)?.[1];
    assert.equal(await modelOf(), 'tachyon/demo');
    assert.equal(await modelOf('small'), 'tachyon/demo');
    assert.equal(await modelOf('large'), 'tachyon/demo-large');
    assert.equal(await modelOf('tachyon:demo-large'), 'tachyon/demo-large');
    assert.equal(await modelOf('acme/zoo/nested-name:free'), 'acme/zoo/nested-name:free');
    assert.deepEqual((await ask('hi', { model: 'none' })).body, {
      code: 'BAD_REQUEST',
      message: 'model_not_registered: none',
    });
    assert.equal((await ask('hi', { model: 'acme/aardvark-embedding' })).status, 400);
  });

  it('refuses an unknown field and stores nothing', async () => {
    const room = await newRoom(server);
    const body = { messages: [{ role: 'user', content: 'hi' }], max_tokens: 5 };
    const reply = await call(server, 'POST', `${room}/chat/completions`, body);
    assert.equal(reply.status, 400);
    assert.deepEqual(reply.body, { code: 'BAD_REQUEST', message: 'unknown field max_tokens' });
    assert.deepEqual(await storedMessages(server, room), []);
  });

  it('sees a client that leaves, and stores what it had written', async () => {
    const room = await newRoom(server);
    server.fault({ name: 'stall', afterDeltas: 2 });
    const controller = new AbortController();
    const response = await openStream(
      server,
      `${room}/chat/completions`,
      '!echo one two three',
      controller.signal,
    );
    const decoder = new TextDecoder();
    let seen = '';
    for await (const bytes of response.body ?? []) {
      seen += decoder.decode(bytes, { stream: true });
      if (textOf(seen.slice(0, seen.lastIndexOf('\n') + 1)) === 'one two') break;
    }
    controller.abort();
    const { requestClosed } = await server.waitForRequest((entry) => entry.path.endsWith('completions'));
    assert.equal((await requestClosed).early, true);
    assert.deepEqual(await storedMessages(server, room), [
      ['user', '!echo one two three'],
      ['assistant', 'one two'],
    ]);
  });

  it('closes while an answer is under way', async () => {
    server.fault({ name: 'stall' });
    const response = await openStream(server, completions, 'hi');
    await server.close();
    await assert.rejects(response.text());
    server = await createServer();
  });
});
