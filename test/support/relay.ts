import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as open,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen } from './loopback.ts';

/** A reply of the server, whole, before anything of it went out. */
interface HeldReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends of a reply what it likes; resolves with what of the body went out. */
export type Spoil = (reply: HeldReply, response: ServerResponse) => Promise<Buffer> | Buffer;

/** What becomes of a request: its connection is reset before or after it has come whole, or its reply is spoiled. */
type Spoiled = 'before' | 'after' | Spoil;

/** Stands between a client and a server, and can break every part of an exchange. */
export interface Relay {
  readonly url: string;
  /** What went out of the body of the last completion's reply. */
  readonly arrived: string;
  /** Whether what was ordered has happened. */
  readonly isDone: boolean;
  /** Forgets what was ordered and what went out. */
  clear(): void;
  /** The next request whose path ends so; the server gets it unless its connection is reset. */
  spoil(path: string, spoiled: Spoiled): void;
  /** Nobody listens any more, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a relay to a server on this machine. */
export async function startRelay(target: string): Promise<Relay> {
  const agent = new Agent({ keepAlive: true });
  let orders: { readonly path: string; readonly spoiled: Spoiled }[] = [];
  const begun = new WeakSet<object>();
  let arrived = Buffer.alloc(0);

  async function forward(
    incoming: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<IncomingMessage> {
    const { method = '', url = '' } = incoming;
    const { host: _, ...own } = ownHeaders(incoming);
    const outgoing = open(target + url, { method, headers: own, agent });
    response.once('close', () => {
      if (!response.writableFinished) outgoing.destroy();
    });
    outgoing.on('error', () => response.destroy());
    outgoing.end(body);
    const [reply]: IncomingMessage[] = await once(outgoing, 'response');
    if (!reply) throw new TypeError('There is no reply.');
    return reply;
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(incoming.url ?? '', target).pathname;
    const order = orders.find((waiting) => path.endsWith(waiting.path) && !begun.has(waiting));
    const spoiled = order?.spoiled;
    if (order) begun.add(order);
    const body = spoiled === 'before' ? Buffer.alloc(0) : await buffer(incoming);
    const isCompletion = path.endsWith('/completions');
    if (isCompletion) arrived = Buffer.alloc(0);
    if (spoiled === 'before' || spoiled === 'after') {
      orders = orders.filter((other) => other !== order);
      response.socket?.resetAndDestroy();
      return;
    }
    if (!spoiled) {
      await pass(await forward(incoming, body, response), response, (piece) => {
        if (isCompletion) arrived = Buffer.concat([arrived, piece]);
      });
      return;
    }
    const reply = await forward(incoming, body, response);
    const { statusCode: status = 0 } = reply;
    const sent = await spoiled({ status, headers: ownHeaders(reply), body: await buffer(reply) }, response);
    if (isCompletion) arrived = Buffer.from(sent);
    orders = orders.filter((other) => other !== order);
  }

  const server = createServer((incoming, response) => {
    // A client that keeps no connection cannot find one that died in the meantime.
    response.shouldKeepAlive = false;
    handle(incoming, response).catch(() => response.destroy());
  });
  const port = await listen(server);
  const down = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get arrived() {
      return arrived.toString();
    },
    get isDone() {
      return orders.length === 0;
    },
    spoil: (path, spoiled) => {
      orders.push({ path, spoiled });
    },
    clear: () => {
      orders = [];
      arrived = Buffer.alloc(0);
    },
    down,
    up: async () => {
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    stop: async () => {
      agent.destroy();
      await down();
    },
  };
}

/** Without those of the connection that it came over. */
function ownHeaders({ headers }: IncomingMessage): IncomingHttpHeaders {
  const { connection: _connection, 'keep-alive': _keepAlive, ...own } = headers;
  return own;
}

/** Hands a reply on as it comes; one that is cut is cut there, too. */
async function pass(
  reply: IncomingMessage,
  response: ServerResponse,
  onPiece: (piece: Buffer) => void,
): Promise<void> {
  response.writeHead(reply.statusCode ?? 0, ownHeaders(reply));
  response.flushHeaders();
  try {
    for await (const piece of reply as AsyncIterable<Buffer>) {
      onPiece(piece);
      response.write(piece);
    }
    response.end();
  } catch {
    response.socket?.destroySoon();
  }
}

/** The connection dies once this share of the body has gone out, from 0 to 1. */
export function cutAt(share: number): Spoil {
  return async ({ status, headers, body }, response) => {
    const sent = body.subarray(0, Math.ceil(body.length * share));
    response.writeHead(status, headers);
    await new Promise<void>((resolve) => response.write(sent, () => resolve()));
    response.destroy();
    return sent;
  };
}
