import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** One request that reached the foreign server. */
export interface ForeignRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body, `undefined` without one. */
  readonly body: unknown;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Settles when the exchange is over; `early`: the client left before the reply was whole. */
  readonly closed: Promise<{ readonly early: boolean; readonly at: number }>;
}

/** Reads a request and its body. Rejects with a SyntaxError if the body is no JSON. */
export async function readRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<ForeignRequest> {
  const closed = new Promise<{ early: boolean; at: number }>((resolve) => {
    response.once('close', () => resolve({ early: !response.writableFinished, at: Date.now() }));
  });
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://localhost');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
    receivedAt: Date.now(),
    closed,
  };
}

/** The field of an object, `undefined` if it is none or has no such field. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

/** The items of an array, none if it is no array. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const completionFields =
  'messages model stream temperature top_p n max_completion_tokens presence_penalty frequency_penalty user ' +
  'response_format tools tool_choice communication_style explanation_style technical_level memory_settings web_search';

/** What is wrong with the headers of a request; each of these is answered with 400. */
export function headerViolations({ method, path, headers, body }: ForeignRequest): string[] {
  const found: string[] = [];
  const expect = (name: string, wanted: string): void => {
    const actual = headers[name];
    if (actual !== wanted) found.push(`${method} ${path}: ${name} is ${String(actual)}, not ${wanted}`);
  };
  if (body !== undefined) expect('content-type', 'application/json');
  expect(
    'accept',
    field(body, 'stream') === true ? 'text/event-stream, application/json' : 'application/json',
  );
  if (headers.authorization === undefined) found.push(`${method} ${path}: no authorization`);
  if (path.startsWith('/v1/llms/') && !headers['x-operator-id']) {
    found.push(`${method} ${path}: no x-operator-id`);
  }
  if (headers.cookie !== undefined) found.push(`${method} ${path}: a cookie was sent`);
  return found;
}

/** Fields of the body that Tachyon does not have. They are noted, not refused. */
export function bodyViolations({ method, path, body }: ForeignRequest): string[] {
  const found: string[] = [];
  const allow = (value: unknown, place: string, allowed: readonly string[]): void => {
    for (const name of Object.keys(value ?? {})) {
      if (!allowed.includes(name)) found.push(`${method} ${path}: unknown field ${place}${name}`);
    }
  };
  if (!path.endsWith('/chat/completions')) {
    allow(body, '', ['name', 'metadata']);
    return found;
  }
  allow(body, '', completionFields.split(' '));
  if (items(field(body, 'messages')).length === 0) found.push(`${method} ${path}: no messages`);
  for (const message of items(field(body, 'messages'))) {
    allow(message, 'messages[].', ['role', 'content', 'tool_calls']);
    for (const part of items(field(message, 'content'))) {
      allow(part, 'messages[].content[].', ['type', 'text', 'image_url']);
    }
  }
  for (const tool of items(field(body, 'tools'))) {
    allow(tool, 'tools[].', ['type', 'function']);
    allow(field(tool, 'function'), 'tools[].function.', ['name', 'description', 'parameters', 'strict']);
  }
  return found;
}
