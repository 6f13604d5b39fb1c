import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import type { ForeignChatroom } from './foreignChatrooms.ts';
import type { StoredOfCut } from './foreignCompletion.ts';
import { send } from './foreignCompletion.ts';
import type { ForeignRequest } from './foreignRequests.ts';
import { readRequest } from './foreignRequests.ts';
import type { ForeignState } from './foreignRoutes.ts';
import { answer } from './foreignRoutes.ts';
import { createRandom } from './foreignStream.ts';

/**
 * A server that is not ours: it shares no code with `test/server` and re-enacts, strictly, what has been recorded of
 * Tachyon (wire contract B). It stores only the last user message of a request, keeps nothing of an answer whose
 * client left, and refuses requests whose headers are wrong.
 */
export interface ForeignServer {
  readonly url: string;
  readonly port: number;
  /** All requests, oldest first. */
  readonly requests: readonly ForeignRequest[];
  /** What requests did wrong; empty at the end of a good test. */
  readonly violations: readonly string[];
  /** Chatrooms by id; deleting an entry makes the chatroom unknown. */
  readonly chatrooms: Map<string, ForeignChatroom>;
  /** The next completion is answered with this text. Without a script it is `Reply N to: PROMPT 応答です。` */
  reply(text: string): void;
  /** The next completion sends this text and then nothing until the client leaves. */
  hold(text: string): void;
  /** The connection dies under the next completion; see {@link StoredOfCut}. A share of 0 sends not even headers. */
  cut(text: string, share: number, stored: StoredOfCut): void;
  /** The next completion's body are these writes; the room keeps `text` of it, also if the connection dies after them. */
  write(text: string, writes: readonly Uint8Array[], dies?: boolean): void;
  /** All connections die. */
  drop(): void;
  /** Stores the answers that were to be stored late. */
  storeLate(): void;
  /** The next completion's body is this, in pieces cut anywhere. */
  raw(body: string): void;
  /** The next completion is answered with a status and a JSON body, or a page if it is a string. */
  fail(status: number, body: object | string, headers?: Readonly<Record<string, string>>): void;
  /** The next completion is answered with a proxy's HTML page. */
  failHtml502(): void;
  /** The first request that matches, already here or still to come. */
  waitForRequest(match: (request: ForeignRequest) => boolean): Promise<ForeignRequest>;
  close(): Promise<void>;
}

interface ForeignOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `pk_foreign`. */
  readonly key?: string;
  /** Default `tn_01jforeign`. */
  readonly operatorId?: string;
  /** Default true: `data: [DONE]` ends a stream. */
  readonly done?: boolean;
  /** Of streams; default `application/json`, as the OpenAPI document says. */
  readonly contentType?: string;
  /** Seed of the places where writes are cut. */
  readonly seed?: number;
  readonly models?: readonly object[];
}

const listedModels = [
  model('acme/embed-3', 8192, ['embedding']),
  model('anthropic/claude-sonnet-4-5-20250929', 200_000, [
    'streaming',
    'function_calling',
    'vision',
    'agent',
  ]),
  model('google_ai/gemini-2.5-flash', 1_048_576, ['streaming', 'function_calling', 'vision', 'multi_turn']),
];

function model(id: string, contextWindow: number, features: readonly string[]): object {
  const [provider, name] = id.split('/');
  const limits = { context_window: contextWindow, max_output_tokens: 16_384 };
  return {
    id,
    name,
    provider,
    description: `${name} by ${provider}`,
    ...limits,
    supported_features: features,
  };
}

const html502 =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** Starts the server on 127.0.0.1. Rejects if the port cannot be opened. */
export async function startForeignServer(options: ForeignOptions = {}): Promise<ForeignServer> {
  const requests: ForeignRequest[] = [];
  const late: (() => void)[] = [];
  const waiting = new Set<(request: ForeignRequest) => void>();
  const { done = true, contentType = 'application/json', seed = 1 } = options;
  const state: ForeignState = {
    key: options.key ?? 'pk_foreign',
    operatorId: options.operatorId ?? 'tn_01jforeign',
    models: options.models ?? listedModels,
    style: { done, contentType, random: createRandom(seed) },
    violations: [],
    chatrooms: new Map(),
    scripts: [],
  };
  const handle = async (response: ServerResponse, reading: Promise<ForeignRequest>): Promise<void> => {
    try {
      const request = await reading;
      requests.push(request);
      for (const offer of waiting) offer(request);
      await answer(request, response, state);
    } catch (error) {
      // A client that left in mid-request did nothing wrong.
      if (!(error instanceof SyntaxError) || response.headersSent) {
        response.destroy();
        return;
      }
      state.violations.push(`unreadable request: ${error.message}`);
      send(response, 400, { error: 'BadRequest: malformed JSON' });
    }
  };
  const server = createServer((request, response) => {
    void handle(response, readRequest(request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { violations, chatrooms, scripts } = state;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    violations,
    chatrooms,
    reply: (text) => scripts.push({ type: 'reply', text }),
    hold: (text) => scripts.push({ type: 'hold', text }),
    cut: (text, share, stored) =>
      scripts.push({ type: 'cut', text, share, stored, later: (store) => late.push(store) }),
    write: (text, writes, dies = false) => scripts.push({ type: 'written', text, writes, dies }),
    drop: () => server.closeAllConnections(),
    storeLate: () => {
      for (const store of late.splice(0)) store();
    },
    raw: (text) => scripts.push({ type: 'raw', text }),
    fail: (status, body, headers = {}) => scripts.push({ type: 'fail', status, body, headers }),
    failHtml502: () => scripts.push({ type: 'fail', status: 502, body: html502, headers: {} }),
    waitForRequest(match) {
      const found = requests.find(match);
      if (found) return Promise.resolve(found);
      return new Promise((resolve) => {
        const offer = (request: ForeignRequest): void => {
          if (!match(request)) return;
          waiting.delete(offer);
          resolve(request);
        };
        waiting.add(offer);
      });
    },
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      key: { type: 'string' },
      operator: { type: 'string' },
    },
  });
  const server = await startForeignServer({
    port: Number(values.port),
    ...(values.key !== undefined && { key: values.key }),
    ...(values.operator !== undefined && { operatorId: values.operator }),
  });
  console.log(server.url);
}
