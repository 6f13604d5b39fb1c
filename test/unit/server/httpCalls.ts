import { developmentKey, developmentOperator } from '../../server/server.ts';

/** Headers that pass the server's checks. */
export const goodHeaders: Readonly<Record<string, string>> = {
  authorization: `Bearer ${developmentKey}`,
  'x-operator-id': developmentOperator,
  'content-type': 'application/json',
  accept: 'application/json',
};

/** A reply as tests compare it. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `undefined` if the body is no JSON. */
  readonly body: unknown;
}

/** Sends a request and reads the whole reply. */
export async function call(
  server: { readonly url: string },
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = goodHeaders,
): Promise<Reply> {
  const response = await fetch(server.url + path, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** Sends a completion request that asks for a stream. */
export function openStream(
  server: { readonly url: string },
  path: string,
  prompt: string,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { ...goodHeaders, accept: 'text/event-stream, application/json' },
    body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: prompt }] }),
    ...(signal && { signal }),
  });
}

/** A chunk of a stream as far as tests look into it. */
export interface Chunk {
  readonly model?: string;
  readonly choices: readonly {
    readonly index?: number;
    readonly delta: {
      readonly content?: string | readonly { readonly text: string }[] | null;
      readonly reasoning_content?: string;
      readonly refusal?: string | null;
      readonly audio?: { readonly data?: string; readonly transcript?: string };
    };
    readonly logprobs?: { readonly content: readonly { readonly token: string }[] } | null;
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: object | null;
}

/** The JSON of each `data:` line, `[DONE]` left out. */
export function chunksOf(stream: string): Chunk[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line): Chunk => JSON.parse(line.slice('data: '.length)));
}

/** The text of all deltas. */
export function textOf(stream: string): string {
  return chunksOf(stream)
    .map((chunk) => chunk.choices[0]?.delta.content ?? '')
    .map((content) => (typeof content === 'string' ? content : content.map((part) => part.text).join('')))
    .join('');
}

/** Makes a chatroom and returns its path. */
export async function newRoom(
  server: { readonly url: string },
  name = 'Room',
  headers: Readonly<Record<string, string>> = goodHeaders,
): Promise<string> {
  const { text } = await call(server, 'POST', '/v1/llms/chatrooms', { name }, headers);
  const body: { chatroom: { id: string } } = JSON.parse(text);
  return `/v1/llms/chatrooms/${body.chatroom.id}`;
}

/** Roles and texts of a chatroom's messages, oldest first. */
export async function storedMessages(
  server: { readonly url: string },
  room: string,
  headers: Readonly<Record<string, string>> = goodHeaders,
): Promise<[role: string, text: string][]> {
  const { text } = await call(
    server,
    'GET',
    `${room}/messages?limit=100&offset=0&search=`,
    undefined,
    headers,
  );
  const body: { messages: { role: string; content: { text: string } }[] } = JSON.parse(text);
  return body.messages.map(({ role, content }) => [role, content.text]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
