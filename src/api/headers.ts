import { invalidRequest } from './apiError.ts';
import type { Mask } from './replyFailure.ts';

/** Headers as a list of layers; a later layer wins over an earlier one, whatever the case of the names. */
export type HeaderLayers = readonly (HeaderInit | undefined)[];

/** What `new Headers` takes; the type has no name that both Node and the web share. */
type HeaderInit = ConstructorParameters<typeof Headers>[0];

/**
 * Joins the layers.
 * @throws {ApiError} `invalidRequest` for a name or value that HTTP does not allow, line breaks above all. The message
 * holds the name and never the value, which may be a secret.
 */
export function joinHeaders(layers: HeaderLayers): Headers {
  const joined = new Headers();
  for (const layer of layers) {
    for (const [name, value] of entriesOf(layer)) {
      if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)) {
        throw invalidRequest('headerName', 'A header has a name that is not allowed.');
      }
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
        const message = `The header ${name} holds a line break or a character that is not allowed there.`;
        throw invalidRequest('headerValue', message, { subject: name });
      }
      joined.set(name, value);
    }
  }
  return joined;
}

function entriesOf(layer: HeaderInit | undefined): Iterable<readonly [string, string]> {
  if (layer === undefined) {
    return [];
  }
  // `Headers` of another implementation are no instance of ours, but can be iterated all the same.
  return (Symbol.iterator in layer ? layer : Object.entries(layer)) as Iterable<readonly [string, string]>;
}

const requestIdHeaders = [
  'x-request-id',
  'request-id',
  'x-amzn-requestid',
  'apim-request-id',
  'x-ms-request-id',
  'x-correlation-id',
  'x-trace-id',
  'cf-ray',
] as const;

const safeHeaders: ReadonlySet<string> = new Set([
  ...requestIdHeaders,
  'allow',
  'content-length',
  'content-type',
  'date',
  'openai-processing-ms',
  'openai-version',
  'retry-after',
  'retry-after-ms',
  'server',
  'via',
  'x-should-retry',
]);

/** The id that the server gave a request. */
export function requestIdOf(headers: Headers): string | undefined {
  return (
    requestIdHeaders.map((name) => headers.get(name)).find((id) => id !== null && id !== '') ?? undefined
  );
}

/** The response headers that cannot hold a secret: a fixed list and the rate limits. */
export function pickSafeHeaders(headers: Headers, mask: Mask): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (safeHeaders.has(name) || name.startsWith('x-ratelimit-')) {
      picked[name] = mask(value).slice(0, 200);
    }
  }
  return picked;
}

const longestRetryMs = 60_000;

/**
 * How long the server asks to wait, in milliseconds: `retry-after-ms`, else `retry-after` as seconds or a date.
 * Waits of more than 60 s are no use to a person and count as none (wire contract D, G6).
 */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const candidates = [
    parseNumber(headers.get('retry-after-ms')),
    (parseNumber(headers.get('retry-after')) ?? Number.NaN) * 1000,
    Date.parse(headers.get('retry-after') ?? '') - now,
  ];
  return candidates.find((wait) => wait !== undefined && wait >= 0 && wait <= longestRetryMs);
}

function parseNumber(text: string | null): number | undefined {
  return text !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
