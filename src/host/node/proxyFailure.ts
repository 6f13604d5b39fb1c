import type { ClientRequest, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/**
 * Listens to VS Code's `proxy` event, which has the failure that the request's own error leaves out. What it returns gives
 * the error to tell for one of the request: `ERR_PROXY_CONNECTION_FAILED` where it was the proxy's.
 */
export function watchProxy(outgoing: ClientRequest): (error: Error) => Error {
  let failure: unknown;
  outgoing.on('proxy', ({ error }: { error?: unknown }) => {
    failure = error;
  });
  return (error) => {
    if (failure === undefined) return error;
    const told = new Error('The proxy could not be reached.', { cause: failure });
    return Object.assign(told, { code: 'ERR_PROXY_CONNECTION_FAILED' });
  };
}

/**
 * The refusal (`ERR_PROXY_TUNNEL` with a `statusCode`) of a proxy whose answer to CONNECT VS Code hands on as if the server
 * had given it; undefined for an answer of the server.
 */
export function proxyRefusal(url: string, { socket, statusCode = 0 }: IncomingMessage): Error | undefined {
  if (!url.startsWith('https:') || socket instanceof TLSSocket) return undefined;
  const error = new Error('The proxy refused the connection.');
  return Object.assign(error, { code: 'ERR_PROXY_TUNNEL', statusCode });
}
