import { ApiError } from '../api/apiError.ts';
import { secretPattern } from '../api/secretPattern.ts';

/** Takes secrets out of what a person publishes. */
export interface SecretMask {
  /** Secrets, queries and user info of URLs become `***`. */
  readonly text: (text: string) => string;
  /** The same for the bytes of a body; its length stays, so that its pieces stay where they are. */
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
  /** The error with masked texts, without its cause and headers. */
  readonly error: (error: ApiError) => ApiError;
}

/** Shorter ones are no secrets, and masking them would leave no text readable. */
const shortestSecret = 4;
/** User info, also where the slashes are escaped for JSON. */
const userInfo = /(:(?:\\?\/){2})[^\s/?#"'<>]*@/g;
const query = /\?(?=[^\s"'<>]*=)[^\s"'<>]+/g;
/** In a body a backslash ends it, or what stays would no longer be JSON. */
const queryOfBody = /\?(?=[^\s"'<>\\]*=)[^\s"'<>\\]+/g;

/** A mask of `secrets`, in all forms in which a server may echo them. */
export function createSecretMask(secrets: readonly (string | undefined)[]): SecretMask {
  const long = new Set(secrets.map((secret = '') => secret.trim()).filter(isLong));
  // The longer one first: it may hold the other.
  const sorted = [...long].toSorted((a, b) => b.length - a.length);
  const patterns = sorted.map((secret) => secretPattern(secret));
  const bytePatterns = sorted.map((secret) => secretPattern(secret, utf8));
  const text = (given: string): string => {
    const masked = patterns.reduce((rest, pattern) => rest.replace(pattern, '***'), given);
    return masked.replace(userInfo, '$1***@').replace(query, '?***');
  };
  return {
    text,
    bytes: (given) => {
      const masked = bytePatterns
        .reduce((rest, pattern) => rest.replace(pattern, stars), latin1(given))
        .replace(userInfo, (found, before: string) => before + stars(found.slice(before.length)))
        .replace(queryOfBody, (found) => `?${stars(found.slice(1))}`);
      return Uint8Array.from(masked, (character) => character.charCodeAt(0));
    },
    error: ({ kind, message, details }) => {
      const masked = Object.entries(details).flatMap(([name, value]): [string, unknown][] => {
        if (name === 'cause' || typeof value === 'object') return [];
        return [[name, typeof value === 'string' ? text(value) : value]];
      });
      return new ApiError(kind, text(message), Object.fromEntries(masked));
    },
  };
}

function isLong(secret: string): boolean {
  return secret.length >= shortestSecret;
}

function stars(text: string): string {
  return '*'.repeat(text.length);
}

/** The bytes of a text, as {@link latin1} gives them. */
function utf8(text: string): string {
  return latin1(new TextEncoder().encode(text));
}

/** One character for each byte; the decoder of that name would decode Windows' code page. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return parts.join('');
}
