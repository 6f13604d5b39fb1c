import { ApiError, invalidRequest } from './apiError.ts';
import type { Credential } from './connection.ts';
import type { Mask } from './replyFailure.ts';

/**
 * The bearer token of one call, without the `Bearer`, quotes and blanks that get pasted with it.
 * @throws {ApiError} `missingCredential` if there is none, `invalidRequest` if it cannot be a token; the message
 * never repeats it.
 */
export async function resolveCredential(credential: Credential | undefined): Promise<string> {
  const given = (typeof credential === 'function' ? await credential() : credential) ?? '';
  if (/[\r\n]/.test(given.trim())) {
    throw invalidRequest('keyHasLineBreak', 'The key holds a line break.');
  }
  const token = unquoted(
    unquoted(given.trim())
      .replace(/^bearer(?:\s+|$)/i, '')
      .trim(),
  );
  if (token === '') {
    throw new ApiError('missingCredential', 'The connection has no key.', { mayHaveBeenAccepted: false });
  }
  if (/\s/.test(token)) {
    throw invalidRequest('keyHasBlank', 'The key holds a blank.');
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw invalidRequest('keyHasOddCharacters', 'The key holds characters that no key has.');
  }
  return token;
}

function unquoted(text: string): string {
  const inner = /^(["'`])(.*)\1$/.exec(text)?.[2];
  return inner === undefined ? text : inner.trim();
}

/** Replaces the token by `***`, also where a server echoes it escaped for JSON or for a URL. */
export function createMask(token: string): Mask {
  const json = JSON.stringify(token).slice(1, -1);
  const forms = new Set([token, json, json.replaceAll('/', '\\/'), encodeURIComponent(token)]);
  return (text) => {
    let masked = text;
    for (const form of forms) {
      masked = masked.replaceAll(form, '***');
    }
    return masked;
  };
}
