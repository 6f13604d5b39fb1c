import { ApiError, invalidRequest } from './apiError.ts';
import type { Credential } from './connection.ts';
import type { Mask } from './replyFailure.ts';

/**
 * The bearer token of one call.
 * @throws {ApiError} `missingCredential` if there is none, `invalidRequest` if it cannot be a token.
 */
export async function resolveCredential(credential: Credential | undefined): Promise<string> {
  const given = (typeof credential === 'function' ? await credential() : credential) ?? '';
  try {
    return cleanCredential(given);
  } catch (error) {
    if (error instanceof ApiError && error.details.problem === 'keyIsEmpty') {
      throw new ApiError('missingCredential', 'The connection has no key.', { mayHaveBeenAccepted: false });
    }
    throw error;
  }
}

/**
 * A pasted key as it belongs into `Authorization: Bearer …`: without `Bearer`, quotes and blanks around it.
 * @throws {ApiError} `invalidRequest` for what cannot be a key; the message never repeats it.
 */
export function cleanCredential(text: string): string {
  const credential = strip(text);
  if (credential === '') {
    throw invalidRequest('keyIsEmpty', 'The key is empty.');
  }
  if (/[\r\n]/.test(credential)) {
    throw invalidRequest('keyHasLineBreak', 'The key holds a line break.');
  }
  if (/\s/.test(credential)) {
    throw invalidRequest('keyHasBlank', 'The key holds a blank.');
  }
  if (!/^[\x21-\x7e]+$/.test(credential)) {
    throw invalidRequest('keyHasOddCharacters', 'The key holds characters that no key has.');
  }
  return credential;
}

function strip(text: string): string {
  for (let rest = text; ;) {
    const next = rest
      .trim()
      .replace(/^(?:authorization\s*:\s*)?bearer(?:\s+|$)/i, '')
      .replace(/^(["'`])([^]*)\1$/, '$2')
      .replace(/^[“”‘’]([^]*)[“”‘’]$/, '$1');
    if (next === rest) {
      return next;
    }
    rest = next;
  }
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
