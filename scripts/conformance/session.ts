import { authorize } from '../../src/api/authorization.ts';
import type { Connection, RequestOptions } from '../../src/api/connection.ts';
import type { Dialect } from '../../src/api/dialect.ts';
import { dialectOf } from '../../src/api/dialects.ts';
import type { JsonObject } from '../../src/api/json.ts';
import { type KindFacts, facts } from './facts.ts';
import type { Observation } from './observation.ts';
import { createRecorder, type Exchange, type Recorder, replay } from './recorder.ts';

/** A request of a check; paths begin behind the base URL. */
export interface ProbeRequest {
  readonly path: string;
  /** Default GET, with a body POST. */
  readonly method?: string;
  readonly body?: JsonObject;
  /** Win over the usual ones; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** What the checks work with. */
export interface Session {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly facts: KindFacts;
  readonly hasKey: boolean;
  /** The model to ask; from the command line, else chosen from the list. */
  model: string | undefined;
  readonly exchanges: readonly Exchange[];
  /** Sends a request exactly as given. Rejects with `NoReply`. */
  send(request: ProbeRequest): Promise<Exchange>;
  /** Options by which our own client reads a recorded reply. */
  reread(exchange: Exchange): RequestOptions;
  /** Options by which our own client sends a request of its own, which is recorded. */
  readonly live: RequestOptions;
  /** Removes the key from a text. */
  readonly mask: (text: string) => string;
  /** A session for tidying up, which an interruption does not end. */
  withoutSignal(): Session;
}

/** A request, or a few that belong together, and the checks of what comes back. */
export interface Probe {
  readonly group: string;
  /** How many requests it makes at most. */
  readonly requests: number;
  /** How many of them a model answers. */
  readonly completions: number;
  run(session: Session): Promise<readonly Observation[]>;
}

/**
 * Starts a session; nothing is sent yet.
 * @throws {ApiError} for a key that is missing, no key, or would go over plain http.
 */
export async function startSession(
  connection: Connection,
  model: string | undefined,
  signal: AbortSignal,
): Promise<Session> {
  const dialect = dialectOf(connection.kind);
  const { headers: authorization, mask } = await authorize(connection, new URL(connection.url), undefined);
  const usual = {
    accept: 'application/json',
    ...authorization,
    ...(dialect.operatorHeader !== undefined && { [dialect.operatorHeader]: connection.operatorId ?? '' }),
  };
  const retry = { strategy: 'none' } as const;
  const exchanges: Exchange[] = [];

  function sessionWith(recorder: Recorder): Session {
    return {
      connection,
      dialect,
      facts: facts[connection.kind],
      hasKey: 'authorization' in authorization,
      model,
      exchanges,
      send: ({ path, body, method = body ? 'POST' : 'GET', headers = {} }) => {
        const all = { ...usual, ...(body && { 'content-type': 'application/json' }), ...headers };
        return recorder.record(connection.url + path, {
          method,
          headers: Object.entries(all).flatMap(([name, value]) =>
            value === null ? [] : [[name, value] as [string, string]],
          ),
          ...(body && { body: JSON.stringify(body) }),
        });
      },
      reread: (exchange) => ({ fetch: replay(exchange), retry }),
      live: { fetch: recorder.fetch, retry, signal },
      mask,
      withoutSignal: () => sessionWith(createRecorder(new AbortController().signal, exchanges)),
    };
  }
  return sessionWith(createRecorder(signal, exchanges));
}

/** Body of a completion request that costs next to nothing; `more` wins. */
export function ask(
  { facts: { limitField }, model }: Pick<Session, 'facts' | 'model'>,
  prompt: string,
  more: JsonObject = {},
): JsonObject {
  return { model, messages: [{ role: 'user', content: prompt }], [limitField]: smallLimit, ...more };
}

/** Tokens of an answer that nobody reads. */
export const smallLimit = 16;
