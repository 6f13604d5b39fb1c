import { invalidRequest } from './apiError.ts';
import type { Connection, ConnectionKind } from './connection.ts';
import type { Dialect } from './dialect.ts';
import { tachyonDialect } from './tachyon.ts';

const dialects: Readonly<Record<ConnectionKind, Dialect>> = { tachyon: tachyonDialect };

/**
 * The dialect of a connection.
 * @throws {ApiError} `invalidRequest` for a kind that only an unchecked setting can hold.
 */
export function dialectOf({ kind }: Connection): Dialect {
  if (!Object.hasOwn(dialects, kind)) {
    throw invalidRequest('connectionKind', 'The kind of the connection is unknown.');
  }
  return dialects[kind];
}
