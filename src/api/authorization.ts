import { ApiError } from './apiError.ts';
import type { Connection, Credential } from './connection.ts';
import { resolveCredential } from './credential.ts';
import { dialectOf } from './dialects.ts';
import type { Mask } from './replyFailure.ts';
import { secretPattern } from './secretPattern.ts';
import { isLoopback } from './url.ts';

const shortestSecret = 6;

/** How a request is authorized, and what keeps the key out of errors. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  readonly mask: Mask;
}

/**
 * The credential of one request to `url`; that of the call wins over the connection's.
 * @throws {ApiError} `missingCredential`, `insecureUrl`, `invalidRequest` for what cannot be a key.
 */
export async function authorize(
  connection: Connection,
  url: URL,
  ofCall: Credential | undefined,
): Promise<Authorization> {
  const { auth = 'bearer', kind } = connection;
  const token = auth === 'none' ? undefined : await resolveCredential(ofCall ?? connection.credential);
  if (token === undefined) {
    if (auth !== 'none' && (dialectOf(kind).needsCredential || auth !== 'bearer')) {
      throw new ApiError('missingCredential', 'The connection has no key.', { mayHaveBeenAccepted: false });
    }
    return { headers: {}, mask: (text) => text };
  }
  if (isKeyExposed(connection, url)) {
    throw new ApiError('insecureUrl', 'A key is not sent over http: to another machine.', {
      mayHaveBeenAccepted: false,
    });
  }
  const headers = typeof auth === 'string' ? { authorization: `Bearer ${token}` } : { [auth.header]: token };
  return { headers, mask: createMask(token) };
}

/** Whether a key would go over plain http to another machine, which nobody has allowed. */
export function isKeyExposed({ allowHttp }: Pick<Connection, 'allowHttp'>, url: URL): boolean {
  return url.protocol === 'http:' && allowHttp !== true && !isLoopback(url);
}

/** Replaces the token by `***`, however a server echoes it. */
function createMask(token: string): Mask {
  // Shorter ones are dummies for servers that want none, and stand in every other word.
  if (token.length < shortestSecret) {
    return (text) => text;
  }
  const pattern = secretPattern(token);
  return (text) => text.replace(pattern, '***');
}
