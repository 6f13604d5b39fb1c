import type { Connection, RequestOptions } from '../../api/connection.ts';
import { ApiError } from '../../api/apiError.ts';
import { requestJson } from '../../api/reply.ts';
import {
  type LocalServer,
  localServers,
  modelStates,
  type ModelState,
  type PortAnswer,
  readLocalServer,
  statesPath,
} from '../../chat/localServer.ts';

/** In milliseconds: a server of this machine that works answers in a few. */
const timeouts = { headers: 2000, silence: 2000 } as const;

/** Where a model server of this machine is when it listens on its usual port. */
export function localUrl(port: number): string {
  return `http://127.0.0.1:${port}/v1`;
}

/** Asks all usual ports at once, and tells of each as soon as it is known. Never rejects. */
export async function lookForServers(
  options: RequestOptions,
  onFound: (port: number, server: LocalServer) => void,
): Promise<void> {
  await Promise.all(
    localServers.map(async ({ port }) => {
      const connection: Connection = {
        name: String(port),
        kind: 'openai-compatible',
        url: localUrl(port),
        auth: 'none',
      };
      const { server } = await askServer(connection, options);
      onFound(port, server);
    }),
  );
}

/** What is behind a connection to this machine, and the states of its models by id. Never rejects. */
export async function askServer(
  connection: Connection,
  options: RequestOptions,
): Promise<{ readonly server: LocalServer; readonly states: ReadonlyMap<string, ModelState> }> {
  const { origin, port } = new URL(connection.url);
  const list = await get(connection, '/models', options);
  const server = readLocalServer(Number(port), list);
  if (server.state !== 'ready' && server.state !== 'loading') return { server, states: new Map() };
  const path = statesPath(server.id);
  const told = path === undefined ? list : await get({ ...connection, url: origin }, path, options);
  const states = modelStates(server.id, server.models, 'reply' in told ? told.reply : undefined);
  return { server, states };
}

async function get(connection: Connection, path: string, options: RequestOptions): Promise<PortAnswer> {
  try {
    const call = { method: 'GET', path } as const;
    const limited: RequestOptions = { ...options, timeouts, retry: { strategy: 'none' } };
    return { reply: await requestJson(connection, call, (reply) => reply, limited) };
  } catch (error) {
    if (error instanceof ApiError || options.signal?.aborted) return { error };
    throw error;
  }
}
