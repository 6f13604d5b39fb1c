import { isJson } from '../api/json.ts';
import type { L10n } from './l10n.ts';
import type { KeptRequest } from './sentRequest.ts';

/** From this length on, in characters, the base64 of a picture, a sound or a file is shortened. */
const longestData = 200;
const shownData = 60;

/**
 * A kept request as JSON for a person to read: the body's JSON is laid out, and long base64 is shortened and says
 * so. Everything else is what went out.
 */
export function sentRequestText({ sentAt, connection, request }: KeptRequest, l10n: L10n): string {
  const { method, url, headers, body } = request;
  const shown = {
    sentAt,
    connection,
    method,
    url,
    headers,
    ...(body !== undefined && {
      body: isJson(body) ? JSON.parse(body, (key, value) => shortened(key, value, l10n)) : body,
    }),
  };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}

/** Pictures and files are data URLs; a sound is bare base64 in a field `data`. */
function shortened(key: string, value: unknown, l10n: L10n): unknown {
  if (typeof value !== 'string' || value.length < longestData) return value;
  const found = /^(?:data:[^,]{0,100};base64,)?(?=[A-Za-z0-9+/]+={0,2}$)/.exec(value)?.[0];
  if (found === undefined || (found === '' && key !== 'data')) return value;
  const beginning = value.slice(0, found.length + shownData);
  return l10n.t('{0}… ({1} characters of base64, shortened here)', beginning, value.length - found.length);
}
