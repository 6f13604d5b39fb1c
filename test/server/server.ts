import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { Dialect, DialectKind } from './dialect.ts';
import type { Exchange, Operator, Services } from './exchange.ts';
import type { Fault } from './faults.ts';
import type { ListedModel } from './modelBackend.ts';
import type { Recording } from './replay.ts';
import type { RecordedRequest } from './requestLog.ts';
import { checkBearer, checkHost, checkOperator } from './access.ts';
import { ChatroomStore } from './chatroomStore.ts';
import { allowAnyOrigin } from './crossOrigin.ts';
import { createDemoModel } from './demoModel.ts';
import { dialectOf, dialects } from './dialects.ts';
import { readBody, sendJson } from './exchange.ts';
import { FaultQueue, isReplyFault } from './faults.ts';
import { HttpError } from './httpError.ts';
import { Replay, play } from './replay.ts';
import { playRequestFault } from './requestFaults.ts';
import { ExchangeWatch, RequestLog } from './requestLog.ts';
import { findRoute } from './routes.ts';
import { ulid } from './ulid.ts';
import { createUpstream } from './upstream.ts';

/** The key and operator that work unless others are given. */
export const developmentKey = 'dummy-token';
export const developmentOperator = 'tn_demo';

export interface ServerOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** SQLite file; default in memory. */
  readonly database?: string;
  /** Its clock, as `Date.now`, for chatrooms and messages. */
  readonly now?: () => number;
  /** Accepted keys → id of their user; default {@link developmentKey} of `us_demo`. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Default {@link developmentOperator} and a second one. */
  readonly operators?: readonly Operator[];
  /** Tachyon's list of the demo model; each entry that can chat is answered by it. */
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
  /** Base URL of each dialect, as a connection of that kind has it. */
  readonly baseUrls: Readonly<Record<DialectKind, string>>;
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
  /** Whether each fault that was ordered has been played. */
  readonly isFaultless: boolean;
  /** Closes all connections at once and then the database. */
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1 that speaks Tachyon and, on paths of their own, the other dialects. Rejects if the port or
 * the database cannot be opened.
 */
export async function createServer(options: ServerOptions = {}): Promise<RunningServer> {
  const closing = new AbortController();
  const services: Services = {
    chatrooms: new ChatroomStore(options.database ?? ':memory:', options.now),
    backends: createBackends(options),
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
    dialect: Dialect,
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
    const fault = faults.take(dialect, method, url.pathname, body);
    if (fault && !isReplyFault(fault)) return playRequestFault(fault, response, watch, dialect);
    const { route, params } = findRoute(dialect, method, url.pathname);
    const userId = dialect.needsKey ? checkBearer(request, services) : '';
    const operatorId = route.needsOperator ? checkOperator(request, services) : '';
    const recorded = replay?.take(method, url.pathname);
    if (recorded) return play(recorded, response, watch);
    const checked = { params, body, userId, operatorId };
    const exchange: Exchange = { dialect, method, response, url, watch, fault, ...checked };
    return route.handle(exchange, services);
  };

  const server = createHttpServer((request, response) => {
    const watch = new ExchangeWatch(response);
    const dialect = dialectOf(request.url ?? '/');
    if (dialect.givesRequestId) response.setHeader('x-request-id', `req_${ulid()}`);
    const work = answerRequest(request, response, watch, dialect)
      .catch((error: unknown) => refuse(response, error, dialect))
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
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    baseUrls: byKind(({ base }) => url + base),
    port,
    requests: log.requests,
    chatrooms: services.chatrooms,
    waitForRequest: (match) => log.waitFor(match),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    get isFaultless() {
      return faults.isEmpty;
    },
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

function byKind<T>(make: (dialect: Dialect) => T): Readonly<Record<DialectKind, T>> {
  return {
    tachyon: make(dialects.tachyon),
    openai: make(dialects.openai),
    atoma: make(dialects.atoma),
    'openai-compatible': make(dialects['openai-compatible']),
  };
}

function createBackends(options: ServerOptions): Services['backends'] {
  const { upstream, upstreamKey, deltaPauseMs = 0 } = options;
  if (upstream !== undefined) {
    const backend = createUpstream(upstream, upstreamKey);
    return byKind(() => backend);
  }
  return byKind(({ kind, models }) =>
    createDemoModel((kind === 'tachyon' ? options.models : undefined) ?? models, deltaPauseMs),
  );
}

function refuse(response: ServerResponse, error: unknown, dialect: Dialect): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const refusal =
    error instanceof HttpError
      ? error
      : new HttpError(500, { code: 'INTERNAL_SERVER_ERROR', message: String(error) });
  for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
  sendJson(response, refusal.status, dialect.errorBody(refusal));
}
