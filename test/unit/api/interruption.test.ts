import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import type { RequestOptions } from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import { listen, type Loopback, type ReceivedRequest, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, assertApiError, readAll, rejection, textEvent } from './connections.ts';

async function assertAborted(pending: Promise<unknown>): Promise<void> {
  await assert.rejects(pending, { name: 'AbortError' });
}

describe('interruptions', () => {
  let server: Loopback;
  let answer: (response: ServerResponse, request: ReceivedRequest) => void;

  before(async () => {
    server = await startLoopback((response, request) => answer(response, request));
  });

  after(() => server.stop());

  function stream(options: RequestOptions = {}): ReturnType<typeof streamChatCompletion> {
    return streamChatCompletion(aConnection(server.url), aRequest(), options);
  }

  /** Writes `text` and leaves the response open. */
  function answerOpen(text: string): void {
    answer = (response) => void response.writeHead(200).write(text);
  }

  describe('by abort', () => {
    it('before anything was sent send nothing', async () => {
      const before = server.received.length;
      await assertAborted(stream({ signal: AbortSignal.abort() }).next());
      assert.equal(server.received.length, before);
    });

    it('while the credential is awaited end at once', async () => {
      const controller = new AbortController();
      const credential = (): Promise<undefined> => {
        queueMicrotask(() => controller.abort());
        return new Promise(() => undefined);
      };
      await assertAborted(stream({ signal: controller.signal, credential }).next());
    });

    it('while connecting end at once, and the request never goes out', async () => {
      // A server that accepts and never answers the TLS handshake.
      const silent = createServer();
      const port = await listen(silent);
      const accepted: Promise<Socket> = new Promise((resolve) => silent.once('connection', resolve));
      const controller = new AbortController();
      const connection = aConnection(`https://127.0.0.1:${port}`);
      const pending = listModels(connection, { signal: controller.signal });
      const socket = await accepted;
      controller.abort();
      await assertAborted(pending);
      // Node's fetch goes on with the handshake by itself; only its own end closes that socket.
      socket.destroy();
      silent.close();
      await once(silent, 'close');
    });

    it('before the headers close the socket', async () => {
      answer = () => undefined;
      const controller = new AbortController();
      const pending = stream({ signal: controller.signal }).next();
      const { socketClosed } = await server.next();
      controller.abort();
      await assertAborted(pending);
      await socketClosed;
    });

    it('in a stream close the socket, also between two chunks of one read', async () => {
      answerOpen(textEvent('one') + textEvent('two'));
      const controller = new AbortController();
      const chunks = stream({ signal: controller.signal });
      assert.equal((await chunks.next()).done, false);
      const { socketClosed } = await server.next();
      controller.abort();
      await assertAborted(chunks.next());
      await socketClosed;
    });

    it('in a silence close the socket', async () => {
      answerOpen(textEvent('one'));
      const controller = new AbortController();
      const chunks = stream({ signal: controller.signal });
      await chunks.next();
      const pending = chunks.next();
      const { socketClosed } = await server.next();
      controller.abort();
      await assertAborted(pending);
      await socketClosed;
    });

    it('in the body of an error close the socket', async () => {
      const controller = new AbortController();
      answer = (response) =>
        void response.writeHead(500).write('half', () => setImmediate(() => controller.abort()));
      const pending = stream({ signal: controller.signal }).next();
      await assertAborted(pending);
      await (
        await server.next()
      ).socketClosed;
    });

    it('reach through a fetch that knows no signals', async () => {
      const controller = new AbortController();
      let body: ReadableStream | undefined;
      const canceled = new Promise((cancel) => {
        body = new ReadableStream({ cancel });
      });
      const deaf = async (): Promise<Response> => new Response(body);
      const pending = stream({ signal: controller.signal, fetch: deaf }).next();
      setImmediate(() => controller.abort());
      await assertAborted(pending);
      await canceled;

      const hanging = new AbortController();
      const late = stream({ signal: hanging.signal, fetch: () => new Promise(() => undefined) }).next();
      setImmediate(() => hanging.abort());
      await assertAborted(late);
    });

    it('pass the reason through, from either signal', async () => {
      answerOpen(textEvent('one'));
      for (const place of ['signal', 'fetchOptions'] as const) {
        const controller = new AbortController();
        const chunks = stream(
          place === 'signal'
            ? { signal: controller.signal }
            : { fetchOptions: { signal: controller.signal } },
        );
        await chunks.next();
        const reason = new Error('mine');
        controller.abort(reason);
        await assert.rejects(chunks.next(), reason);
        await (
          await server.next()
        ).socketClosed;
      }
    });
  });

  it('by leaving the loop close the socket', async () => {
    answerOpen(textEvent('one') + textEvent('two'));
    for await (const chunk of stream()) {
      assert.equal(chunk.choices[0]?.delta.content, 'one');
      break;
    }
    await (
      await server.next()
    ).socketClosed;
  });

  it('by [DONE] end the stream at once, and the server later', async () => {
    answerOpen(`${textEvent('one')}data: [DONE]\n\n${textEvent('late')}`);
    const { text, error } = await readAll(stream());
    assert.deepEqual([text, error], ['one', undefined]);
    await (
      await server.next()
    ).socketClosed;
  });

  it('by [DONE] let the server end its reply in order', async () => {
    const ending = new Promise<string>((resolve) => {
      const pieces = ['data: [DONE]\n\n', ': stored\n\n'].map((piece) => new TextEncoder().encode(piece));
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const piece = pieces.shift();
            if (piece === undefined) {
              controller.close();
              resolve('read to its end');
            } else {
              controller.enqueue(piece);
            }
          },
          cancel: () => resolve('cancelled'),
        },
        { highWaterMark: 0 },
      );
      void readAll(stream({ fetch: async () => new Response(body) }));
    });
    assert.equal(await ending, 'read to its end');
  });

  it('of the body are `cut`, and what came before stays', async () => {
    answer = (response) => void response.writeHead(200).write(textEvent('one'), () => response.destroy());
    const { text, error } = await readAll(stream());
    assert.equal(text, 'one');
    const { details } = assertApiError(error, 'cut');
    assert.equal(details.mayHaveBeenAccepted, true);
    assert.equal(details.status, 200);
    await server.next();
  });

  describe('of the network', () => {
    it('before a connection cannot have reached the server', async () => {
      const closed = await startLoopback(() => undefined);
      await closed.stop();
      const { details } = await rejection(listModels(aConnection(closed.url)), 'network');
      assert.deepEqual([details.code, details.mayHaveBeenAccepted], ['ECONNREFUSED', false]);
    });

    it('of a name that does not exist cannot have either', async () => {
      const { details } = await rejection(listModels(aConnection('https://tachyon.invalid')), 'network');
      assert.equal(details.mayHaveBeenAccepted, false);
      assert.match(details.code ?? '', /^(?:ENOTFOUND|EAI_AGAIN)$/);
    });

    it('of TLS cannot have either', async () => {
      const url = server.url.replace('http:', 'https:');
      const { details } = await rejection(listModels(aConnection(url)), 'network');
      assert.equal(details.mayHaveBeenAccepted, false);
    });

    it('after the request was sent may have', async () => {
      answer = (response) => void response.socket?.resetAndDestroy();
      const { details } = await rejection(stream().next(), 'network');
      assert.equal(details.mayHaveBeenAccepted, true);
      await server.next();
    });
  });
});
