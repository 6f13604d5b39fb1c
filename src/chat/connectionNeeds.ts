import type { Connection, ConnectionKind } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';

/** What must be there before a connection is used. */
export type Need = 'credential' | 'operator';

/** The first thing that a connection lacks; `undefined`: it can be used. */
export function missingOf(connection: Connection, hasCredential: boolean): Need | undefined {
  if (needsCredential(connection) && !hasCredential) return 'credential';
  return hasOperators(connection.kind) && !connection.operatorId?.trim() ? 'operator' : undefined;
}

/** Whether nothing is sent without a key: by the API's rule, or because `auth` names a header for it. */
export function needsCredential({ kind, auth = 'bearer' }: Connection): boolean {
  return auth !== 'none' && (auth !== 'bearer' || dialectOf(kind).needsCredential);
}

/** Whether requests of a kind of connection name an operator, who stores and pays. */
export function hasOperators(kind: ConnectionKind): boolean {
  return dialectOf(kind).operatorHeader !== undefined;
}
