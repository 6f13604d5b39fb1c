import { invalidRequest } from './apiError.ts';

/**
 * The base URL of a connection as a person typed or pasted it: blanks round it, trailing slashes and the `endings` that
 * every path begins with are removed (wire contract A1).
 * @throws {ApiError} `invalidRequest`; its message says what to do and never repeats what was typed.
 */
export function parseBaseUrl(text: string, endings: readonly string[]): string {
  const typed = text.trim();
  if (!/^https?:\/\/[^/]/i.test(typed) || !URL.canParse(typed)) {
    throw invalidRequest(
      'urlUnreadable',
      'The URL cannot be read. Type it whole, for example https://api.example.com.',
    );
  }
  const url = new URL(typed);
  if (url.username !== '' || url.password !== '') {
    throw invalidRequest(
      'urlHasUserInfo',
      'The URL holds a user name or a password. Remove them and sign in with a key instead.',
    );
  }
  if (typed.includes('?')) {
    throw invalidRequest('urlHasQuery', 'The URL has a query. Remove everything from the question mark on.');
  }
  if (typed.includes('#')) {
    throw invalidRequest('urlHasFragment', 'The URL has a fragment. Remove everything from the # on.');
  }
  const path = withoutTrailingSlashes(url.pathname);
  const ending = endings.find((candidate) => path.endsWith(candidate)) ?? '';
  return url.origin + withoutTrailingSlashes(path.slice(0, path.length - ending.length));
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') {
    end -= 1;
  }
  return path.slice(0, end);
}

/** Whether a URL's host is this machine: 127.0.0.0/8, ::1, localhost and the names below it. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}

/**
 * An id as one segment of a path.
 * @throws {ApiError} `invalidRequest` for ids that would name another resource or none.
 */
export function pathSegment(id: string): string {
  // The last one: half a character, which has no place in a URL.
  if (id.trim() === '' || id === '.' || id === '..' || /\p{Surrogate}/u.test(id)) {
    throw invalidRequest('chatroomId', 'The id of a chatroom is empty or not valid.');
  }
  return encodeURIComponent(id);
}
