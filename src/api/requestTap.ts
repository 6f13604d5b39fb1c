import type { Mask } from './replyFailure.ts';

/**
 * A request as it goes out, with `***` for its credential. Headers that the HTTP client adds by itself are not known
 * here.
 */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON text that goes out as UTF-8. */
  readonly body?: string;
}

/** A request in the form that `fetch` gets. */
export interface Outgoing {
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | null;
}

/** Names of headers whose whole value is a secret, also where it is not the connection's credential. */
const secretName = /authorization$|^cookie2?$|(?:key|token|secret|password|credentials?)$/;

/** The request with every secret masked, wherever in it the credential stands. */
export function sentRequest(url: URL, { method, headers, body }: Outgoing, mask: Mask): SentRequest {
  const shown = [...headers].map(([name, value]) => [
    name,
    secretName.test(name) ? withoutSecret(value) : mask(value),
  ]);
  return {
    method,
    url: mask(url.href),
    headers: Object.fromEntries(shown),
    ...(body !== null && { body: mask(body) }),
  };
}

/** Keeps the scheme, such as `Bearer`, which is no secret and often what is wrong. */
function withoutSecret(value: string): string {
  return value.replace(/^((?:bearer|basic) )?.*$/i, '$1***');
}
