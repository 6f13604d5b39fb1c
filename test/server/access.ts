import type { IncomingMessage } from 'node:http';
import type { Services } from './exchange.ts';
import { HttpError, badRequest } from './httpError.ts';

/**
 * Refuses a Host header that does not name this machine: a web page whose name was re-bound to 127.0.0.1 must not
 * reach the server. Throws a 403.
 */
export function checkHost(request: IncomingMessage): void {
  if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(request.headers.host ?? '')) return;
  throw new HttpError(403, { code: 'FORBIDDEN', message: 'Host must be a loopback name' });
}

/** The id of the user whose key was sent. Throws a 401. */
export function checkBearer(request: IncomingMessage, { keys }: Services): string {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const userId = key !== undefined && Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (userId !== undefined) return userId;
  throw new HttpError(401, { code: 'UNAUTHORIZED', message: 'verify token failed' });
}

/** The operator id that was sent. Throws 400 if it is missing, 401 if empty (wire contract A2), 403 if unknown. */
export function checkOperator(request: IncomingMessage, { operators }: Services): string {
  const id = request.headers['x-operator-id'];
  if (typeof id !== 'string') throw badRequest('missing header x-operator-id');
  if (id === '') throw new HttpError(401, { code: 'UNAUTHORIZED', message: 'x-operator-id is empty' });
  if (operators.some((operator) => operator.id === id)) return id;
  throw new HttpError(403, { code: 'FORBIDDEN', message: `no access to operator ${id}` });
}
