import type { DialectKind } from '../../server/dialect.ts';
import type { RunningServer } from '../../server/server.ts';
import type { Chunk, Reply } from './httpCalls.ts';
import { developmentKey } from '../../server/server.ts';
import { call, chunksOf } from './httpCalls.ts';

/** The dialects in OpenAI's manner. */
export const openaiKinds = ['openai', 'atoma', 'openai-compatible'] as const;

/** A chat model of each of them. */
export const chatModels = {
  openai: 'gpt-4o-demo',
  atoma: 'demo-labs/Demo-3.3-70B-Instruct',
  'openai-compatible': 'demo:latest',
} as const;

type OpenaiKind = (typeof openaiKinds)[number];

/** Headers with the server's key. */
export const keyHeaders: Readonly<Record<string, string>> = {
  authorization: `Bearer ${developmentKey}`,
  'content-type': 'application/json',
};

/** Path of an endpoint below a dialect's base URL. */
export function pathOf(server: RunningServer, kind: DialectKind, endpoint: string): string {
  const version = kind === 'atoma' ? '/v1' : '';
  return server.baseUrls[kind].slice(server.url.length) + version + endpoint;
}

/** Sends a completion request with one user message, unless the fields have others. */
export function ask(
  server: RunningServer,
  kind: OpenaiKind,
  prompt: string,
  fields: object = {},
  headers: Readonly<Record<string, string>> = keyHeaders,
): Promise<Reply> {
  const messages = [{ role: 'user', content: prompt }];
  const body = { model: chatModels[kind], messages, ...fields };
  return call(server, 'POST', pathOf(server, kind, '/chat/completions'), body, headers);
}

/** The same with a stream; `chunks` holds the JSON of its events. */
export async function askStream(
  server: RunningServer,
  kind: OpenaiKind,
  prompt: string,
  fields: object = {},
): Promise<Reply & { readonly chunks: readonly Chunk[] }> {
  const reply = await ask(server, kind, prompt, { stream: true, ...fields });
  return { ...reply, chunks: chunksOf(reply.text) };
}
