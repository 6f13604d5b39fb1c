import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import * as chatrooms from '../../../src/api/chatrooms.ts';
import { type Connection, connectionKinds, type RequestOptions } from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import type { RetryConfig, RetryWait } from '../../../src/api/retry.ts';
import { listen, type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, assertApiError, readAll, rejection, textEvent } from './connections.ts';

const soon: RetryConfig = { strategy: 'backoff', backoff: { initialInterval: 2, maxInterval: 2 } };
/** A wait that no test sits out. */
const late: RetryConfig = {
  strategy: 'backoff',
  backoff: { initialInterval: 1e7, maxInterval: 1e7, maxElapsedTime: 1e9 },
};

type Answer = (response: ServerResponse) => void;

function status(code: number, headers: Record<string, string> = {}, body = ''): Answer {
  return (response) => void response.writeHead(code, headers).end(body);
}

const good: Answer = (response) => void response.end(`${textEvent('good')}data: [DONE]\n\n`);

describe('retries', () => {
  let server: Loopback;
  let answers: Answer[];
  let waits: RetryWait[];

  beforeEach(async () => {
    waits = [];
    // Whoever asks once more than expected gets an error, too.
    server = await startLoopback((response) => (answers.shift() ?? status(418))(response));
  });

  afterEach(() => server.stop());

  function stream(
    changes: Partial<Connection> = {},
    options: RequestOptions = {},
  ): ReturnType<typeof streamChatCompletion> {
    const connection = aConnection(server.url, { retry: soon, ...changes });
    return streamChatCompletion(connection, aRequest(), { onRetry: (wait) => waits.push(wait), ...options });
  }

  it('go on until the server answers, and tell of each wait', async () => {
    answers = [status(503, {}, '{"message":"busy"}'), status(503), good];
    const { text, error } = await readAll(stream());
    assert.deepEqual([text, error], ['good', undefined]);
    assert.equal(server.received.length, 3);
    assert.deepEqual(
      waits.map(({ attempt, error: { kind, details } }) => [
        attempt,
        kind,
        details.status,
        details.providerMessage,
      ]),
      [
        [1, 'server', 503, 'busy'],
        [2, 'server', 503, undefined],
      ],
    );
    assert.ok(waits.every(({ delay }) => delay >= 1.5 && delay <= 2));
    const [first, ...others] = server.received.map(({ method, url, body }) => [method, url, body]);
    assert.deepEqual(others, [first, first]);
  });

  it('ask for the credential anew', async () => {
    answers = [status(429), good];
    const keys = ['one', 'two'];
    await readAll(stream({ credential: async () => keys.shift() }));
    assert.deepEqual(
      server.received.map(({ headers }) => headers.authorization),
      ['Bearer one', 'Bearer two'],
    );
  });

  it('serve whole replies and lists as well', async () => {
    const connection = aConnection(server.url, { retry: soon });
    answers = [status(500), status(200, {}, '{"choices":[{"message":{"content":"whole"}}]}')];
    assert.equal((await createChatCompletion(connection, aRequest())).choices[0]?.message.content, 'whole');
    answers = [status(504), status(200, {}, '{"models":[]}')];
    assert.deepEqual(await listModels(connection), []);
    assert.equal(server.received.length, 4);
  });

  const asked: [name: string, headers: () => Record<string, string>, least: number, most: number][] = [
    ['retry-after', () => ({ 'retry-after': '7' }), 7000, 7000],
    ['retry-after-ms before it', () => ({ 'retry-after-ms': '70', 'retry-after': '7' }), 70, 70],
    ['a date', () => ({ 'retry-after': new Date(Date.now() + 50_000).toUTCString() }), 2000, 50_000],
    ['no more than a minute', () => ({ 'retry-after': '61' }), 1.5, 2],
    ['nothing that cannot be read', () => ({ 'retry-after': 'soon' }), 1.5, 2],
  ];
  for (const [name, headers, least, most] of asked) {
    it(`honour ${name}`, async () => {
      answers = [status(429, headers()), good];
      const { text } = await readAll(stream({}, { onRetry: (wait) => (waits.push(wait), wait.tryNow()) }));
      const [{ delay } = { delay: Number.NaN }] = waits;
      assert.ok(delay >= least && delay <= most, `${delay}`);
      assert.equal(text, 'good');
    });
  }

  it("follow the server's own word", async () => {
    answers = [status(400, { 'x-should-retry': 'true' }), status(503, { 'x-should-retry': 'false' }), good];
    assertApiError((await readAll(stream())).error, 'server');
    assert.equal(server.received.length, 2);
  });

  it('repeat a 409 only at OpenAI', async () => {
    for (const kind of connectionKinds) {
      answers = [status(409), good];
      const { text } = await readAll(stream({ kind }));
      assert.equal(text, kind === 'openai' ? 'good' : '');
    }
  });

  it('never come after a quota that is used up', async () => {
    answers = [
      status(429, {}, '{"error":{"message":"q","type":"insufficient_quota","code":"insufficient_quota"}}'),
    ];
    const { error } = await readAll(stream({ kind: 'openai' }));
    assert.equal(assertApiError(error, 'rateLimited').details.code, 'insufficient_quota');
    assert.equal(server.received.length, 1);
  });

  it('are off by the strategy none; what the call says wins over the connection', async () => {
    answers = [status(503), good];
    assertApiError((await readAll(stream({ retry: { strategy: 'none' } }))).error, 'server');
    answers = [status(503), good];
    assertApiError((await readAll(stream({}, { retry: { strategy: 'none' } }))).error, 'server');
    assert.equal(server.received.length, 2);
    answers = [status(503), good];
    assert.equal((await readAll(stream({ retry: { strategy: 'none' } }, { retry: soon }))).text, 'good');
  });

  it('end with the last error when the next wait would be over too late', async () => {
    answers = [status(503), status(502, {}, '{"message":"last"}'), good];
    const backoff = { initialInterval: 1, exponent: 1e9, maxInterval: 1e9, maxElapsedTime: 1e6 };
    const { error } = await readAll(stream({ retry: { strategy: 'backoff', backoff } }));
    assert.equal(assertApiError(error, 'server').details.providerMessage, 'last');
    assert.deepEqual([waits.length, server.received.length], [1, 2]);
  });

  it('wait for a server that does not listen yet', async () => {
    const { port } = new URL(server.url);
    await server.stop();
    const latecomer = createServer((_request, response) => good(response));
    const refused = Promise.withResolvers<RetryWait>();
    const reading = readAll(stream({ retry: late }, { onRetry: refused.resolve }));
    const { error, tryNow } = await refused.promise;
    assert.deepEqual([error.kind, error.details.code], ['network', 'ECONNREFUSED']);
    latecomer.listen(Number(port), '127.0.0.1');
    await once(latecomer, 'listening');
    tryNow();
    assert.equal((await reading).text, 'good');
    latecomer.closeAllConnections();
    latecomer.close();
    await once(latecomer, 'close');
    server = await startLoopback(() => undefined);
  });

  it('do not wait for a server that does not listen if the connection says so', async () => {
    const closed = createServer();
    const port = await listen(closed);
    closed.close();
    await once(closed, 'close');
    const retry: RetryConfig = { ...late, retryConnectionErrors: false };
    await rejection(listModels(aConnection(`http://127.0.0.1:${port}`, { retry })), 'network');
  });

  describe('within a reply', () => {
    const empty = 'data: {"id":"c","choices":[{"delta":{"role":"assistant","content":""}}]}\n\n';
    const overloaded = 'data: {"error":{"code":502,"message":"overloaded"}}\n\n';

    it('follow an error that came before anything visible', async () => {
      answers = [status(200, {}, `: wait\n\n${empty}${overloaded}`), good];
      const { chunks, text, error } = await readAll(stream());
      assert.deepEqual([text, error, chunks.length], ['good', undefined, 1]);
      assert.deepEqual([waits[0]?.error.kind, waits[0]?.error.details.code], ['provider', '502']);
    });

    for (const [name, visible] of [
      ['text', '{"choices":[{"delta":{"content":"one"}}]}'],
      ['reasoning', '{"choices":[{"delta":{"reasoning_content":"hm"}}]}'],
      ['a tool call', '{"choices":[{"delta":{"tool_calls":[{"id":"c","function":{"name":"f"}}]}}]}'],
      ['a finish reason', '{"choices":[{"delta":{},"finish_reason":"stop"}]}'],
      ['usage', '{"choices":[],"usage":{"total_tokens":1}}'],
    ] as const) {
      it(`never come after ${name}`, async () => {
        answers = [status(200, {}, `${empty}data: ${visible}\n\n${overloaded}`), good];
        const { chunks, error } = await readAll(stream());
        assertApiError(error, 'provider');
        assert.deepEqual([chunks.length, waits.length, server.received.length], [2, 0, 1]);
      });
    }

    it('never come after a cut', async () => {
      for (const before of [textEvent('one'), ': nothing yet\n\n']) {
        answers = [(response) => void response.writeHead(200).write(before, () => response.destroy()), good];
        const { error } = await readAll(stream());
        assertApiError(error, 'cut');
        assert.equal(waits.length, 0);
      }
      assert.equal(server.received.length, 2);
    });
  });

  describe('of what the server stores', () => {
    for (const code of [408, 429, 500, 502, 503, 504]) {
      const again = code === 429;
      it(`${again ? 'follow' : 'never follow'} a ${code}`, async () => {
        const connection = aConnection(server.url, { retry: soon });
        answers = [status(code), good];
        const { text } = await readAll(chatrooms.streamChatCompletion(connection, 'ch_1', aRequest()));
        assert.equal(text, again ? 'good' : '');
        answers = [status(code), status(200, {}, '{"id":"ch_1"}')];
        const created = chatrooms.create(connection, { name: 'Room' });
        await (again ? created : assert.rejects(created));
        assert.equal(server.received.length, again ? 4 : 2);
      });
    }

    it('never follow an error inside the reply', async () => {
      answers = [status(200, {}, 'data: {"error":{"code":503}}\n\n'), good];
      const connection = aConnection(server.url, { retry: soon });
      const { error } = await readAll(chatrooms.streamChatCompletion(connection, 'ch_1', aRequest()));
      assertApiError(error, 'provider');
      assert.equal(server.received.length, 1);
    });
  });

  describe('can be', () => {
    it('hurried', async () => {
      answers = [status(503), good];
      const { text } = await readAll(
        stream({ retry: late }, { onRetry: ({ tryNow }) => setImmediate(tryNow) }),
      );
      assert.equal(text, 'good');
    });

    it('stopped while they wait, by either signal: nothing more is sent', async () => {
      for (const place of ['signal', 'fetchOptions'] as const) {
        const controller = new AbortController();
        const { signal } = controller;
        answers = [status(503), good];
        const options = place === 'signal' ? { signal } : { fetchOptions: { signal } };
        const pending = stream(
          { retry: late },
          { ...options, onRetry: () => setImmediate(() => controller.abort()) },
        );
        await assert.rejects(pending.next(), { name: 'AbortError' });
        assert.equal(getEventListeners(signal, 'abort').length, 0);
      }
      assert.equal(server.received.length, 2);
      assert.equal(answers.length, 1);
    });

    it('stopped by what hears of them', async () => {
      answers = [status(503), good];
      const mine = new Error('mine');
      const pending = stream(
        { retry: late },
        {
          onRetry: () => {
            throw mine;
          },
        },
      );
      await assert.rejects(pending.next(), mine);
      assert.equal(server.received.length, 1);
    });
  });
});
