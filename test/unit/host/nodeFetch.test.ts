import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners, once } from 'node:events';
import http, { type ClientRequest, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { networkError } from '../../../src/api/networkError.ts';
import { createNodeFetch } from '../../../src/host/node/nodeFetch.ts';
import { listen, type Loopback, startLoopback } from '../../support/loopback.ts';
import { rejectionOf } from '../../support/rejection.ts';

const nodeFetch = createNodeFetch();

/** The requests that Node's client begins from now on. */
function watchClient(): { readonly begun: readonly ClientRequest[]; stop(): void } {
  const begun: ClientRequest[] = [];
  const note = (message: unknown): void => void begun.push(Object(message).request);
  subscribe('http.client.request.start', note);
  return { begun, stop: () => void unsubscribe('http.client.request.start', note) };
}

describe("fetch over Node's HTTP client", () => {
  let server: Loopback;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    server = await startLoopback((response) => answer(response));
  });

  afterEach(() => server.stop());

  it('sends method, headers and body as they are', async () => {
    answer = (response) => void response.end();
    const headers = { 'x-name': 'Jos\u00e9', 'content-length': '3', 'accept-encoding': 'br' };
    await nodeFetch(`${server.url}/a?b=c`, { method: 'PATCH', headers, body: 'Jos\u00e9 \u{1f600}' });
    const sent = await server.next();
    assert.deepEqual([sent.method, sent.url, sent.body], ['PATCH', '/a?b=c', 'Jos\u00e9 \u{1f600}']);
    assert.deepEqual(
      [sent.headers['x-name'], sent.headers['content-length'], sent.headers['accept-encoding']],
      ['Jos\u00e9', '10', 'br'],
    );
    await nodeFetch(new Request(new URL(server.url), { method: 'POST' }));
    await nodeFetch(new URL(server.url));
    const [post, get] = [await server.next(), await server.next()];
    assert.deepEqual([post.method, post.headers['content-length']], ['POST', '0']);
    assert.deepEqual([get.method, get.headers['content-length']], ['GET', undefined]);
    assert.deepEqual(
      [get.headers['accept-encoding'], get.headers['user-agent']],
      ['identity', 'tachyon-chat'],
    );
  });

  it('hands over each piece of a body as it comes', async () => {
    let response: ServerResponse | undefined;
    answer = (opened) => {
      response = opened;
      opened.write('one');
    };
    const reader = (await nodeFetch(server.url)).body?.getReader();
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'one');
    response?.end('two');
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'two');
    assert.equal((await reader?.read())?.done, true);
  });

  it('reads no faster than the body is pulled', async () => {
    const block = Buffer.alloc(1024 * 1024);
    const sending = new Promise<ServerResponse>((resolve) => {
      answer = (response) => {
        resolve(response);
        let left = 96;
        const pump = (): void => {
          do left -= 1;
          while (response.write(block) && left > 0);
          if (left === 0) response.off('drain', pump).end();
        };
        response.on('drain', pump);
        pump();
      };
    });
    const { body } = await nodeFetch(server.url);
    const response = await sending;
    // Stuck: for so many turns of the event loop the server has got nothing off.
    for (let turns = 0; turns < 300 && !response.writableEnded; turns += 1) {
      if (!response.writableNeedDrain) turns = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(response.writableEnded, false);
    let bytes = 0;
    for await (const piece of body ?? []) bytes += piece.length;
    assert.equal(bytes, 96 * block.length);
  });

  it('uses a connection again, and sets no time limit on it', async () => {
    const client = watchClient();
    const timeouts: (number | undefined)[] = [];
    try {
      for (let turn = 0; turn < 3; turn += 1) {
        // Before the headers, and within the body.
        answer = (response) => {
          timeouts.push(client.begun.at(-1)?.socket?.timeout);
          response.write('one', () => {
            timeouts.push(client.begun.at(-1)?.socket?.timeout);
            response.end();
          });
        };
        await (await nodeFetch(server.url)).text();
      }
      answer = (response) => void response.writeHead(204).end();
      await nodeFetch(server.url);
      await nodeFetch(server.url);
    } finally {
      client.stop();
    }
    assert.deepEqual(timeouts, [0, 0, 0, 0, 0, 0]);
    assert.equal(new Set(client.begun.map(({ socket }) => socket)).size, 1);
    // An agent of its own would be a choice against VS Code's proxy.
    for (const request of client.begun) {
      assert.deepEqual(
        [Reflect.get(request, 'timeout'), Reflect.get(request, 'agent')],
        [0, http.globalAgent],
      );
    }
  });

  it('follows no redirect, whatever it is told', async () => {
    answer = (response) => void response.writeHead(302, { location: '/elsewhere' }).end('moved');
    const response = await nodeFetch(server.url, { redirect: 'follow' });
    assert.deepEqual([response.status, response.headers.get('location')], [302, '/elsewhere']);
    assert.equal(await response.text(), 'moved');
    assert.equal(server.received.length, 1);
  });

  describe('stopped', () => {
    const reason = new Error('mine');

    it('beforehand sends nothing', async () => {
      await assert.rejects(nodeFetch(server.url, { signal: AbortSignal.abort(reason) }), reason);
      const controller = new AbortController();
      const pending = nodeFetch(server.url, { signal: controller.signal });
      controller.abort(reason);
      await assert.rejects(pending, reason);
      assert.equal(server.received.length, 0);
    });

    it('while connecting closes the socket', async () => {
      const silent = createServer();
      const port = await listen(silent);
      const accepted = once(silent, 'connection');
      const controller = new AbortController();
      const pending = nodeFetch(`https://127.0.0.1:${port}`, { signal: controller.signal });
      const socket: Socket = (await accepted)[0];
      socket.resume().on('error', () => undefined);
      controller.abort(reason);
      await assert.rejects(pending, reason);
      await once(socket, 'close');
      silent.close();
    });

    for (const [when, head] of [
      ['before the headers', undefined],
      ['within the body', 'one'],
      ['within a body that nobody reads', 'one'.repeat(200_000)],
    ] as const) {
      it(`${when} closes the socket`, async () => {
        answer = (response) => void (head !== undefined && response.write(head));
        const controller = new AbortController();
        const pending = nodeFetch(server.url, { signal: controller.signal });
        const { socketClosed } = await server.next();
        if (head === undefined) {
          controller.abort(reason);
          await assert.rejects(pending, reason);
        } else {
          const body = (await pending).text();
          controller.abort(reason);
          assert.equal(Object(await rejectionOf(body)).cause, reason);
        }
        await socketClosed;
      });
    }

    it('after its end, or with an odd reason, does no harm', async () => {
      answer = (response) => void response.end('one');
      const controller = new AbortController();
      const response = await nodeFetch(server.url, { signal: controller.signal });
      assert.equal(await response.text(), 'one');
      // The signal of a person's turn outlives many requests.
      while (getEventListeners(controller.signal, 'abort').length > 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      controller.abort();
      answer = (open) => void open.write('one');
      const odd = new AbortController();
      const { body } = await nodeFetch(server.url, { signal: odd.signal });
      odd.abort('a word');
      const thrown = await rejectionOf(new Response(body).text());
      assert.equal(Object(Object(thrown).cause).name, 'AbortError');
    });

    for (const coding of ['identity', 'gzip']) {
      it(`by a cancelled body closes the socket, and what still comes goes nowhere: ${coding}`, async () => {
        const body = coding === 'gzip' ? gzipSync(randomBytes(3_000_000)) : Buffer.alloc(3_000_000);
        answer = (response) => void response.writeHead(200, { 'content-encoding': coding }).write(body);
        const reader = (await nodeFetch(server.url)).body?.getReader();
        const { socketClosed } = await server.next();
        // Until as much is read ahead as may be.
        for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
        // The read asks for more in the next moment, and the cancel comes before that.
        await Promise.all([reader?.read(), reader?.cancel()]);
        await socketClosed;
      });
    }
  });

  it('gives up on a host that takes no connection, and on nothing else', async () => {
    const { globalAgent } = http;
    // A name that is never found out.
    http.globalAgent = new http.Agent({ lookup: () => undefined });
    try {
      const { details } = networkError(await rejectionOf(createNodeFetch(5)('http://never.invalid')));
      assert.deepEqual([details.code, details.mayHaveBeenAccepted], ['UND_ERR_CONNECT_TIMEOUT', false]);
    } finally {
      http.globalAgent = globalAgent;
    }
    // On a new connection, and on one that is used again.
    answer = (response) => void setTimeout(() => response.end('late'), 400);
    for (const _ of [1, 2]) assert.equal(await (await createNodeFetch(200)(server.url)).text(), 'late');
  });
});
