import type { Connection } from '../api/connection.ts';
import { sha256Hex } from './fingerprint.ts';

/**
 * Identifies server and operator of a connection without naming them: the first 16 hex digits of the SHA-256 of
 * the URL's origin and the operator's id. A URL that cannot be read counts as it is.
 */
export async function endpointId({
  url,
  operatorId,
}: Pick<Connection, 'url' | 'operatorId'>): Promise<string> {
  const origin = URL.canParse(url) ? new URL(url).origin : url;
  return (await sha256Hex(`${origin}\n${operatorId ?? ''}`)).slice(0, 16);
}
