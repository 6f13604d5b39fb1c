import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { listen } from './loopback.ts';

/** What a proxy does with who asks. */
export interface ProxyOptions {
  /** Where a tunnel to `host:port` leads: a port of 127.0.0.1. Others are refused with 502. */
  readonly tunnels: Readonly<Record<string, number>>;
  /** `user:password` that it wants. */
  readonly login?: string;
  /** Status of every answer to CONNECT. */
  readonly refusal?: number;
}

/** A CONNECT proxy on 127.0.0.1. */
export interface Proxy {
  readonly url: string;
  /** What CONNECT asked for, oldest first, as `host:port`. */
  readonly asked: readonly string[];
  /** May be called twice. */
  stop(): Promise<void>;
}

/** Starts a proxy that makes tunnels and nothing else; `behaviour` is asked each time. */
export async function startProxy(behaviour: () => ProxyOptions): Promise<Proxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => void response.writeHead(405).end());

  function statusOf({ url = '', headers }: IncomingMessage): number {
    const { tunnels, login, refusal } = behaviour();
    if (refusal !== undefined) return refusal;
    const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    if (headers['proxy-authorization'] !== expected) return 407;
    return Object.hasOwn(tunnels, url) ? 200 : 502;
  }

  server.on('connect', (request: IncomingMessage, client: Socket) => {
    const { url = '' } = request;
    asked.push(url);
    client.on('error', () => undefined);
    const status = statusOf(request);
    if (status !== 200) {
      const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="company"\r\n' : '';
      client.end(`HTTP/1.1 ${status} No\r\n${challenge}Content-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    const target = connect(behaviour().tunnels[url] ?? 0, '127.0.0.1');
    sockets.add(target);
    target.on('error', () => client.destroy());
    target.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    client.once('close', () => target.destroy());
    target.once('close', () => client.destroy());
  });
  server.on('connection', (socket: Socket) => void sockets.add(socket));
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async stop() {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
