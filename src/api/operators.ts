import type { Connection, RequestOptions } from './connection.ts';
import { requestJson } from './reply.ts';
import { readMe, readOperators } from './resources.ts';
import type { Me, Operator } from './wire.ts';

/**
 * Lists the operators that the credential may use; the connection needs none for it (wire contract A4).
 * @throws {ApiError} or what `options.signal` was aborted with.
 */
export function listOperators(connection: Connection, options?: RequestOptions): Promise<Operator[]> {
  const path = '/v1/auth/operators/by-user';
  return requestJson(connection, { method: 'GET', path, scoped: false }, readOperators, options);
}

/**
 * Who the credential belongs to and which operators it may use; meant for people's tokens (wire contract A4).
 * @throws {ApiError} or what `options.signal` was aborted with.
 */
export function getMe(connection: Connection, options?: RequestOptions): Promise<Me> {
  return requestJson(connection, { method: 'GET', path: '/v1/me', scoped: false }, readMe, options);
}
