import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { proxyRefusal, watchProxy } from './proxyFailure.ts';
import { responseBody } from './responseBody.ts';

/** Statuses whose responses have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** So long nothing comes before the system asks whether the other side is still there, in milliseconds. */
const probeAfter = 30_000;

/** These follow from the body and cannot be set. */
const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

/**
 * A `fetch` over Node's HTTP client. VS Code gives that its proxies and certificates, and it waits for headers and bodies
 * without a limit, where Node's `fetch` gives up after five minutes; only a connection must be there within
 * `connectLimit` ms. Method, headers, body and signal are honoured; a redirect is never followed, and every other option
 * is ignored. Rejects with the signal's reason, or with a TypeError whose cause has a `code`: the system's,
 * `ERR_PROXY_CONNECTION_FAILED`, or `ERR_PROXY_TUNNEL` with the proxy's `statusCode`.
 */
export function createNodeFetch(connectLimit = 10_000): typeof globalThis.fetch {
  return async (input, init) => {
    // Not the signal of a new `Request`: nothing holds the tie between the two for as long as a reply lasts.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const request = new Request(input, { ...init, signal: null });
    // Not a string: Node would write the headers in front of it as UTF-8, too.
    const body = Buffer.from(await request.arrayBuffer());
    signal?.throwIfAborted();
    const outgoing = open(request);
    watchSocket(outgoing, connectLimit);
    outgoing.end(body);
    return await responseTo(outgoing, request, signal);
  };
}

function responseTo(
  outgoing: ClientRequest,
  request: Request,
  signal: AbortSignal | undefined,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let stop = (): void => void outgoing.destroy();
    const onAbort = (): void => {
      stop();
      reject(signal?.reason);
    };
    const tell = watchProxy(outgoing);
    signal?.addEventListener('abort', onAbort, { once: true });
    outgoing.once('close', () => {
      signal?.removeEventListener('abort', onAbort);
      // As after a 101, which nobody asked for: Node then tells of no error.
      reject(failure(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' })));
    });
    // It stays: an error that nobody hears ends the process.
    outgoing.on('error', (error) => reject(failure(tell(error))));
    outgoing.once('response', (incoming) => {
      stop = () => void incoming.destroy(abortError(signal?.reason));
      try {
        resolve(responseOf(incoming, request));
      } catch (error) {
        outgoing.destroy();
        reject(failure(error));
      }
    });
  });
}

/** A host that takes no connection is not waited for (the request cannot have reached anybody), nor one that goes away. */
function watchSocket(outgoing: ClientRequest, limit: number): void {
  outgoing.once('socket', (socket) => {
    // A model may be silent for as long as it likes, a host that has gone may not.
    socket.setKeepAlive(true, probeAfter);
    if (!socket.connecting) return;
    const timer = setTimeout(() => {
      // Named as Node's own `fetch` names it.
      const error = new Error(`No connection within ${limit} ms.`);
      outgoing.destroy(Object.assign(error, { code: 'UND_ERR_CONNECT_TIMEOUT' }));
    }, limit);
    const stop = (): void => clearTimeout(timer);
    socket.once('connect', stop);
    outgoing.once('close', stop);
  });
}

function open({ url, method, headers }: Request): ClientRequest {
  const target = new URL(url);
  const { request } = target.protocol === 'https:' ? https : http;
  const sent = new Headers({
    'accept-encoding': 'identity',
    // VS Code's agent would close each connection after one reply.
    connection: 'keep-alive',
    'user-agent': 'tachyon-chat',
  });
  for (const [name, value] of headers) if (!framing.has(name)) sent.set(name, value);
  // No agent: VS Code would take it for a choice against its proxy. Its default has a limit for silence, so: none.
  return request(target, { method, headers: Object.fromEntries(sent), timeout: 0 });
}

function responseOf(incoming: IncomingMessage, { url, method }: Request): Response {
  const refusal = proxyRefusal(url, incoming);
  if (refusal) throw refusal;
  const { statusCode: status = 0, statusMessage = '', rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const isEmpty = method === 'HEAD' || bodiless.has(status);
  if (isEmpty) incoming.resume();
  const isUsual = status >= 200 && status < 600;
  const response = new Response(
    isEmpty ? null : responseBody(incoming, headers.get('content-encoding') ?? ''),
    {
      status: isUsual ? status : 599,
      statusText: /^[\t\x20-\x7e\x80-\xff]*$/.test(statusMessage) ? statusMessage : '',
      headers,
    },
  );
  // The constructor takes no others, and servers send them.
  return isUsual ? response : Object.defineProperty(response, 'status', { value: status });
}

function failure(cause: unknown): TypeError {
  return new TypeError('The request failed.', { cause });
}

function abortError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The request was stopped.', 'AbortError');
}
