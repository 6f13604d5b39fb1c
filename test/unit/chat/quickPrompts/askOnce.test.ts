import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { ApiError } from '../../../../src/api/apiError.ts';
import type { Connection } from '../../../../src/api/connection.ts';
import { createEndpoint } from '../../../../src/api/createEndpoint.ts';
import type { ReplyEvent } from '../../../../src/chat/replyEvents.ts';
import { askOnce, type OnceInput } from '../../../../src/chat/quickPrompts/askOnce.ts';
import {
  createServer,
  developmentKey,
  developmentOperator,
  type RunningServer,
} from '../../../server/server.ts';
import { startLoopback } from '../../../support/loopback.ts';

/** Longer than any test lasts. */
const longWait = 10_000_000;
const patient: NonNullable<Connection['retry']> = {
  strategy: 'backoff',
  backoff: { initialInterval: longWait, maxInterval: longWait, maxElapsedTime: 1e9 },
};

interface Heard {
  readonly events: ReplyEvent[];
  readonly states: string[];
  readonly text: string;
  readonly error: unknown;
}

describe('a prompt without a room', () => {
  let server: RunningServer;
  beforeEach(async () => (server = await createServer()));
  afterEach(() => server.close());

  function endpoint(changes: Partial<Connection> = {}) {
    return createEndpoint({
      name: 'tachyon',
      kind: 'tachyon',
      url: server.url,
      operatorId: developmentOperator,
      credential: developmentKey,
      retry: { strategy: 'none' },
      ...changes,
    });
  }

  async function hear(
    prompt: string,
    more: Partial<OnceInput> = {},
    onEvent: (event: ReplyEvent) => void = () => undefined,
  ): Promise<Heard> {
    const events: ReplyEvent[] = [];
    let error: unknown;
    try {
      const input = { endpoint: endpoint(), prompt, model: 'tachyon/demo', ...more };
      for await (const event of askOnce(input)) {
        events.push(event);
        onEvent(event);
      }
    } catch (thrown) {
      error = thrown;
    }
    return {
      events,
      error,
      states: events.flatMap((event) => (event.type === 'state' ? event.state : [])),
      text: events.flatMap((event) => (event.type === 'textDelta' ? event.text : [])).join(''),
    };
  }

  const posts = () => server.requests.filter(({ method }) => method === 'POST');

  it('is one request that makes no room, with what is attached before it', async () => {
    const found = await hear('!echo Hello', { attachments: 'A file.', parameters: { temperature: 0.5 } });
    assert.equal(found.error, undefined);
    assert.deepEqual(found.states, ['streaming']);
    assert.equal(found.events.at(-1)?.type, 'finished');
    assert.equal(posts().length, 1);
    assert.match(posts()[0]?.path ?? '', /^\/v1\/llms\/chat\/completions$/);
    const body: unknown = JSON.parse(JSON.stringify(posts()[0]?.body));
    assert.ok(typeof body === 'object' && body !== null && 'messages' in body && 'temperature' in body);
    assert.deepEqual(body.messages, [{ role: 'user', content: 'A file.\n\n!echo Hello' }]);
  });

  it('waits out a busy server, which can be cut short', async () => {
    server.fault({ name: '429' });
    const { signal } = new AbortController();
    const more = { endpoint: endpoint({ retry: patient }), signal };
    const found = await hear('!echo Hello', more, (event) => {
      if (event.type === 'state' && event.state === 'waiting') event.tryNow();
    });
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    assert.deepEqual([found.states, found.text, found.error], [['waiting', 'streaming'], 'Hello', undefined]);
    assert.equal(posts().length, 2);
  });

  it('that is refused has failed', async () => {
    const found = await hear('!echo Hello', { endpoint: endpoint({ credential: 'wrong' }) });
    assert.deepEqual(found.states, ['failed']);
    assert.ok(found.error instanceof ApiError && found.error.kind === 'unauthorized');
  });

  it('keeps what came when the connection dies', async () => {
    server.fault({ name: 'cut', afterDeltas: 20 });
    const found = await hear('!long 400');
    assert.deepEqual(found.states, ['streaming', 'interrupted']);
    assert.ok(found.error instanceof ApiError && found.error.kind === 'cut');
    assert.ok(found.text.length > 0);
    assert.equal(posts().length, 1, 'nothing is sent twice');
  });

  it('that stalls ends with a stop, and the server hears of it', async () => {
    server.fault({ name: 'stall' });
    const stop = new AbortController();
    const found = await hear('!long 400', { signal: stop.signal }, ({ type }) => {
      if (type === 'textDelta') stop.abort();
    });
    assert.deepEqual(found.states, ['streaming', 'stopped']);
    assert.ok(found.error instanceof Error && found.error.name === 'AbortError');
    assert.equal(getEventListeners(stop.signal, 'abort').length, 0);
    assert.deepEqual((await posts()[0]?.requestClosed)?.early, true);
  });

  it('is stopped, not broken, where the stop breaks the connection', async () => {
    const stop = new AbortController();
    const breaking: OnceInput['endpoint'] = {
      expects: () => ({ alternatives: 1, alwaysFinishes: false }),
      async *streamChatCompletion() {
        yield { choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] };
        stop.abort();
        throw new ApiError('cut', 'The connection was closed.');
      },
    };
    const found = await hear('p', { endpoint: breaking, signal: stop.signal });
    assert.deepEqual(found.states, ['streaming', 'stopped']);
    assert.ok(found.error instanceof Error && found.error.name === 'AbortError');
  });

  it('sends nothing when it is stopped before it begins', async () => {
    const found = await hear('!echo Hello', { signal: AbortSignal.abort() });
    assert.ok(found.error instanceof Error && found.error.name === 'AbortError');
    assert.equal(posts().length, 0);
  });

  it('ends its request when the reader leaves', async () => {
    const loopback = await startLoopback((response) => {
      const delta = { choices: [{ index: 0, delta: { content: 'a' } }] };
      response.writeHead(200).write(`data: ${JSON.stringify(delta)}\n\n`);
    });
    try {
      const events = askOnce({ endpoint: endpoint({ url: loopback.url }), prompt: 'p' });
      for await (const { type } of events) if (type === 'textDelta') break;
      const { socketClosed } = await loopback.next();
      await socketClosed;
    } finally {
      await loopback.stop();
    }
  });

  it('tells of a refusal of the model, and that an answer was empty', async () => {
    const refused = await hear('!refuse');
    assert.equal(refused.events.at(-1)?.type, 'finished');
    assert.notEqual(refused.text, '');
    server.fault({ name: 'done-only' });
    const empty = await hear('!echo Hello');
    assert.ok(empty.error instanceof ApiError && empty.error.kind === 'emptyReply');
    assert.deepEqual(empty.states, ['failed']);
  });

  it('is whole once the model has said why it ends, whatever happens to the connection then', async () => {
    const loopback = await startLoopback((response) => {
      const delta = {
        choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
      };
      response.writeHead(200).write(`data: ${JSON.stringify(delta)}\n\n`);
      response.socket?.end();
    });
    try {
      const found = await hear('p', { endpoint: endpoint({ url: loopback.url }) });
      assert.deepEqual([found.text, found.error, found.states], ['a', undefined, ['streaming']]);
      assert.deepEqual(
        found.events.slice(-2).map(({ type }) => type),
        ['usage', 'finished'],
      );
    } finally {
      await loopback.stop();
    }
  });
});
