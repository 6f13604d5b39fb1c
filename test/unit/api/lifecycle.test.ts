import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import type { RequestOptions } from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import { safe } from '../../../src/api/safe.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, assertApiError, readAll, textEvent } from './connections.ts';

const empty = 'data: {"id":"c","choices":[{"delta":{"role":"assistant","content":""}}]}\n\n';
const soon = { strategy: 'backoff', backoff: { initialInterval: 1, maxInterval: 1 } } as const;

describe('the life of a reply', () => {
  let server: Loopback;
  let answer: (response: ServerResponse) => void;

  before(async () => {
    server = await startLoopback((response) => answer(response));
  });

  after(() => server.stop());

  function stream(options: RequestOptions = {}): ReturnType<typeof streamChatCompletion> {
    return streamChatCompletion(aConnection(server.url), aRequest(), options);
  }

  describe('begins with all that came before the first visible part', () => {
    it('in order, none of it lost', async () => {
      answer = (response) => {
        response.write(empty);
        setImmediate(() => {
          response.write(': still thinking\n\n');
          response.write(empty);
          setImmediate(() => response.end(textEvent('one') + textEvent('two')));
        });
      };
      const { chunks, text } = await readAll(stream());
      assert.deepEqual([chunks.length, text], [4, 'onetwo']);
      await server.next();
    });

    it('also where nothing visible ever comes', async () => {
      for (const [body, count] of [
        [empty + empty, 2],
        [`${empty}data: [DONE]\n\n`, 1],
        ['data: [DONE]\n\n', 0],
        ['', 0],
      ] as const) {
        answer = (response) => void response.end(body);
        const { chunks, error } = await readAll(stream());
        assert.deepEqual([chunks.length, error], [count, undefined]);
        await server.next();
      }
    });

    it('and ends at once for whoever leaves before it is all handed over', async () => {
      answer = (response) => void response.write(empty + empty + textEvent('one'));
      for await (const chunk of stream()) {
        assert.equal(chunk.choices[0]?.delta.content, '');
        break;
      }
      await (
        await server.next()
      ).socketClosed;
    });

    it('and ends at once by an abort while it is held', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      answer = (response) => void response.write(empty, () => setImmediate(() => controller.abort()));
      const { chunks, error } = await readAll(stream({ signal }));
      assert.deepEqual([chunks.length, error], [0, signal.reason]);
      await (
        await server.next()
      ).socketClosed;
    });

    it('and ends at once by an abort while it is handed over', async () => {
      answer = (response) => void response.write(empty + empty + textEvent('one'));
      const controller = new AbortController();
      const chunks = stream({ signal: controller.signal });
      await chunks.next();
      controller.abort();
      await assert.rejects(chunks.next(), { name: 'AbortError' });
      assert.deepEqual(await chunks.next(), { done: true, value: undefined });
      await (
        await server.next()
      ).socketClosed;
    });
  });

  it('that nobody pulls never begins', async () => {
    const before = server.received.length;
    await stream().return();
    assert.equal(server.received.length, before);
  });

  it('closes the socket of each attempt that failed', async () => {
    let attempts = 0;
    answer = (response) => {
      attempts += 1;
      response.write(attempts === 3 ? textEvent('one') : `${empty}data: {"error":{"code":500}}\n\n`);
    };
    const chunks = stream({ retry: soon });
    await chunks.next();
    for (const failed of [await server.next(), await server.next()]) {
      await failed.socketClosed;
    }
    await chunks.return();
    await (
      await server.next()
    ).socketClosed;
  });

  const ends: [name: string, body: string, act: (options: RequestOptions) => Promise<unknown>][] = [
    ['is complete', `${textEvent('one')}data: [DONE]\n\n`, (options) => readAll(stream(options))],
    [
      'is whole',
      '{"choices":[]}',
      (options) => createChatCompletion(aConnection(server.url), aRequest(), options),
    ],
    ['is a list', '{"data":[]}', (options) => listModels(aConnection(server.url), options)],
    ['is unknown', '{"odd":1}', (options) => safe(listModels(aConnection(server.url), options))],
    ['is an error', 'data: {"error":{"code":500}}\n\n', (options) => readAll(stream(options))],
    ['is a page', '<html>', (options) => readAll(stream(options))],
    ['lacks a key', '', (options) => readAll(stream({ ...options, credential: '' }))],
    [
      'is left',
      textEvent('one') + textEvent('two'),
      async (options) => {
        const chunks = stream(options);
        await chunks.next();
        await chunks.return();
      },
    ],
    [
      'fails again and again',
      'data: {"error":{"code":500}}\n\n',
      async (options) => {
        let waits = 0;
        const { signal } = options;
        const onRetry = (): void => {
          waits += 1;
          // One of the wait; the attempt's own is gone.
          assert.equal(signal && getEventListeners(signal, 'abort').length, 1);
        };
        const backoff = { initialInterval: 1, exponent: 1000, maxInterval: 1e9, maxElapsedTime: 1e5 };
        const retry = { strategy: 'backoff', backoff } as const;
        const { error } = await readAll(stream({ ...options, retry, onRetry }));
        assertApiError(error, 'provider');
        assert.equal(waits, 2);
      },
    ],
  ];
  for (const [name, body, act] of ends) {
    it(`leaves nothing on a signal when it ${name}`, async () => {
      answer = (response) => void response.end(body);
      const { signal } = new AbortController();
      const other = new AbortController().signal;
      await act({ signal, fetchOptions: { signal: other } });
      assert.equal(getEventListeners(signal, 'abort').length, 0);
      assert.equal(getEventListeners(other, 'abort').length, 0);
    });
  }

  it('leaves nothing on a signal when the network fails or a limit fires', async () => {
    const { signal } = new AbortController();
    const gone = await startLoopback(() => undefined);
    await gone.stop();
    await safe(listModels(aConnection(gone.url), { signal }));
    answer = () => undefined;
    await safe(listModels(aConnection(server.url), { signal, timeouts: { headers: 5 } }));
    answer = (response) => void response.write(textEvent('one'));
    await readAll(stream({ signal, timeouts: { silence: 5 } }));
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });
});
