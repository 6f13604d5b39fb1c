import { ApiError, invalidRequest } from './apiError.ts';
import type { Credential } from './connection.ts';

/**
 * The key of one call; `undefined` if there is none.
 * @throws {ApiError} `invalidRequest` if it cannot be a key.
 */
export async function resolveCredential(credential: Credential | undefined): Promise<string | undefined> {
  const given = typeof credential === 'function' ? await credential() : credential;
  try {
    return cleanCredential(given ?? '');
  } catch (error) {
    if (error instanceof ApiError && error.details.problem === 'keyIsEmpty') {
      return undefined;
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
