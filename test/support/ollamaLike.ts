import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { localServers } from '../../src/chat/localServer.ts';

/** A server of this machine as Ollama is one. */
export interface OllamaLike {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Listens where people’s local servers do: on Ollama’s port or, if that is taken, on the next of the usual ones. `/v1`
 * is what `baseUrl` answers, whose list names Ollama’s library as owner; which models run is told beside it.
 */
export async function startOllamaLike(baseUrl: string, running: readonly string[] = []): Promise<OllamaLike> {
  const server = createServer((incoming, response) => {
    const path = incoming.url ?? '';
    if (path === '/api/ps') {
      const models = running.map((model) => ({ name: model, model, expires_at: '2026-11-21T12:00:00Z' }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ models }));
    } else if (path.startsWith('/v1/')) {
      void forward(incoming, response, baseUrl + path.slice('/v1'.length));
    } else {
      response.writeHead(404).end('404 page not found');
    }
  });
  const port = await listenOnUsualPort(server);
  return {
    port,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function forward(incoming: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
  const isPost = incoming.method === 'POST';
  const reply = await fetch(url, {
    method: incoming.method ?? 'GET',
    headers: { 'content-type': 'application/json' },
    ...(isPost && { body: Buffer.concat(await incoming.toArray()) }),
  });
  const type = reply.headers.get('content-type');
  response.writeHead(reply.status, type === null ? {} : { 'content-type': type });
  for await (const bytes of reply.body ?? []) response.write(bytes);
  response.end();
}

async function listenOnUsualPort(server: Server): Promise<number> {
  for (const { port } of localServers) {
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return port;
    } catch {
      // Taken, by a real model server perhaps.
    }
  }
  throw new Error('All ports of local model servers are taken.');
}
