import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the server got it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Resolves when the client's socket closes. */
  readonly socketClosed: Promise<void>;
}

/** A real HTTP server on 127.0.0.1. */
export interface Loopback {
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** The next request that nobody has taken yet. */
  next(): Promise<ReceivedRequest>;
  stop(): Promise<void>;
}

/** Starts a server that reads each request whole and then lets `answer` do with the response what it likes. */
export async function startLoopback(
  answer: (response: ServerResponse, request: ReceivedRequest) => void | Promise<void>,
): Promise<Loopback> {
  const received: ReceivedRequest[] = [];
  const closings = new WeakMap<Socket, Promise<void>>();
  const waiting: ((request: ReceivedRequest) => void)[] = [];
  let taken = 0;

  async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const socketClosed = closings.get(incoming.socket) ?? Promise.resolve();
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: await text(incoming), socketClosed };
    received.push(request);
    const waiter = waiting.shift();
    if (waiter !== undefined) {
      taken += 1;
      waiter(request);
    }
    await answer(response, request);
  }

  const server = createServer((incoming, response) => void receive(incoming, response));
  server.on('connection', (socket) => {
    closings.set(socket, new Promise((resolve) => socket.once('close', () => resolve())));
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async next() {
      const request = received[taken];
      if (request === undefined) {
        return await new Promise((resolve) => waiting.push(resolve));
      }
      taken += 1;
      return request;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Lets a server listen on a free port of 127.0.0.1, and gives the port. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
