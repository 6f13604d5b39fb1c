import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { Exchange, Operator, Services } from './exchange.ts';
import type { Fault } from './faults.ts';
import type { ListedModel, ModelBackend } from './modelBackend.ts';
import type { Recording } from './replay.ts';
import type { RecordedRequest } from './requestLog.ts';
import { checkBearer, checkHost, checkOperator } from './access.ts';
import { ChatroomStore } from './chatroomStore.ts';
import { allowAnyOrigin } from './crossOrigin.ts';
import { createDemoModel } from './demoModel.ts';
import { readBody, sendJson } from './exchange.ts';
import { FaultQueue, isReplyFault } from './faults.ts';
import { HttpError } from './httpError.ts';
import { demoModels } from './models.ts';
import { Replay, play } from './replay.ts';
import { playRequestFault } from './requestFaults.ts';
import { ExchangeWatch, RequestLog } from './requestLog.ts';
import { findRoute } from './routes.ts';
import { createUpstream } from './upstream.ts';

/** The key and operator that work unless others are given. */
export const developmentKey = 'dummy-token';
export const developmentOperator = 'tn_demo';

export interface ServerOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** SQLite file; default in memory. */
  readonly database?: string;
  /** Accepted keys → id of their user; default {@link developmentKey} of `us_demo`. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Default {@link developmentOperator} and a second one. */
  readonly operators?: readonly Operator[];
  /** List of the demo model; each entry that can chat is answered by it. */
  readonly models?: readonly ListedModel[];
  /** Base URL of an OpenAI-compatible server that answers instead of the demo model. */
  readonly upstream?: string;
  readonly upstreamKey?: string;
  /** Requests that it holds are answered from it, the others as usual. */
  readonly replay?: Recording;
  /** Chatroom completions store every message of the request, not only its last user message. */
  readonly storeAll?: boolean;
  /** Pause of the demo model between deltas, milliseconds; default 0. */
  readonly deltaPauseMs?: number;
  /** Default 32 MB. */
  readonly maxBodyBytes?: number;
  /** Lets pages of other origins in; preflights are answered and not recorded. */
  readonly cors?: boolean;
}

export interface RunningServer {
  /** Base URL without `/v1`. */
  readonly url: string;
  readonly port: number;
  /** All requests so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Direct access to what is stored, for tests that act as another client. */
  readonly chatrooms: ChatroomStore;
  /** The first request that matches, already recorded or still to come. */
  waitForRequest(match: (request: RecordedRequest) => boolean): Promise<RecordedRequest>;
  /** Orders a fault for a request to come. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Closes all connections at once and then the database. */
  close(): Promise<void>;
}

/** Starts a Tachyon-compatible server on 127.0.0.1. Rejects if the port or the database cannot be opened. */
export async function createServer(options: ServerOptions = {}): Promise<RunningServer> {
  const closing = new AbortController();
  const services: Services = {
    chatrooms: new ChatroomStore(options.database ?? ':memory:'),
    models: createModels(options),
    operators: options.operators ?? [
      { id: developmentOperator, name: 'Demo' },
      { id: 'tn_second', name: 'Second operator' },
    ],
    keys: options.keys ?? { [developmentKey]: 'us_demo' },
    storeAll: options.storeAll ?? false,
    closing: closing.signal,
  };
  const log = new RequestLog();
  const faults = new FaultQueue();
  const replay = options.replay && new Replay(options.replay);
  const maxBodyBytes = options.maxBodyBytes ?? 32 * 1024 * 1024;
  const running = new Set<Promise<void>>();

  const answerRequest = async (
    request: IncomingMessage,
    response: ServerResponse,
    watch: ExchangeWatch,
  ): Promise<void> => {
    checkHost(request);
    if (options.cors === true && allowAnyOrigin(request, response)) return undefined;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? '';
    let body: unknown;
    try {
      body = await readBody(request, maxBodyBytes);
    } finally {
      log.add(request, url, body, watch);
    }
    const fault = faults.take(method, url.pathname, body);
    if (fault && !isReplyFault(fault)) return playRequestFault(fault, response, watch);
    const { route, params } = findRoute(method, url.pathname);
    const userId = checkBearer(request, services);
    const operatorId = route.needsOperator ? checkOperator(request, services) : '';
    const recorded = replay?.take(method, url.pathname);
    if (recorded) return play(recorded, response, watch);
    const exchange: Exchange = { response, url, params, body, userId, operatorId, watch, fault };
    return route.handle(exchange, services);
  };

  const server = createHttpServer((request, response) => {
    const watch = new ExchangeWatch(response);
    const work = answerRequest(request, response, watch)
      .catch((error: unknown) => refuse(response, error))
      .finally(() => running.delete(work));
    running.add(work);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', () => resolve());
  }).catch((error: unknown) => {
    services.chatrooms.close();
    throw error;
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: log.requests,
    chatrooms: services.chatrooms,
    waitForRequest: (match) => log.waitFor(match),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    async close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
      // What was written of an answer is stored before the database goes.
      await Promise.all(running);
      services.chatrooms.close();
    },
  };
}

function createModels(options: ServerOptions): ModelBackend {
  return options.upstream === undefined
    ? createDemoModel(options.models ?? demoModels, options.deltaPauseMs ?? 0)
    : createUpstream(options.upstream, options.upstreamKey);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
  } else if (error instanceof HttpError) {
    for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
    sendJson(response, error.status, error.body);
  } else {
    sendJson(response, 500, { code: 'INTERNAL_SERVER_ERROR', message: String(error) });
  }
}
