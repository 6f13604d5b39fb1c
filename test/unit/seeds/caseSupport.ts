import assert from 'node:assert/strict';
import type { Connection, ConnectionKind } from '../../../src/api/connection.ts';
import type { ChatCompletionRequest } from '../../../src/api/wireRequest.ts';
import type { RecordedRequest } from '../../server/requestLog.ts';
import { developmentKey, developmentOperator, type RunningServer } from '../../server/server.ts';

/** Shows one thing that a seed offers; the local server refuses what its API's contract does not have. */
export type Case = (server: RunningServer) => Promise<void>;

/** A chat model of each kind of endpoint. */
export const models: Readonly<Record<ConnectionKind, string>> = {
  tachyon: 'tachyon/demo-large',
  openai: 'gpt-4o-demo',
  atoma: 'demo-labs/Demo-3.3-70B-Instruct',
  'openai-compatible': 'demo:latest',
};

/** A connection to the local server that sends each request once. */
export function connect(server: RunningServer, kind: ConnectionKind): Connection {
  return {
    name: kind,
    kind,
    url: server.baseUrls[kind],
    credential: developmentKey,
    retry: { strategy: 'none' },
    ...(kind === 'tachyon' && { operatorId: developmentOperator }),
  };
}

/** A request that is answered with `text`. */
export function echo(kind: ConnectionKind, text: string): ChatCompletionRequest {
  return { model: models[kind], messages: [{ role: 'user', content: `!echo ${text}` }] };
}

/** The text of a streamed reply. */
export async function read<T extends { choices: { delta: { content?: string } }[] }>(
  chunks: AsyncIterable<T>,
): Promise<string> {
  let text = '';
  for await (const { choices } of chunks) text += choices[0]?.delta.content ?? '';
  return text;
}

/** The last request that the server got. */
export function last(server: RunningServer): RecordedRequest {
  const request = server.requests.at(-1);
  assert.ok(request);
  return request;
}
