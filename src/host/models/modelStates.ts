import type * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { isLoopback } from '../../api/url.ts';
import type { ModelState } from '../../chat/localServer.ts';
import type { Connections } from '../connections/connections.ts';
import { askServer } from '../connections/localServers.ts';

/** What was seen of one server. */
interface Seen {
  /** The server as a whole: only loading is worth telling. */
  readonly server: ModelState | undefined;
  readonly models: ReadonlyMap<string, ModelState>;
  /** By `performance.now()`. */
  readonly at: number;
}

/** While a model is being loaded its server is asked again after so long, in milliseconds. */
const loadingInterval = 3000;
/** A model that is not there after so many looks has failed. */
const mostLooks = 200;
/** Otherwise a server is asked at most so often, in milliseconds. */
const idleInterval = 10_000;

/** Which models of this machine's servers are loaded, being loaded or not loaded. Other machines are never asked. */
export class ModelStates implements vscode.Disposable {
  readonly #connections: Pick<Connections, 'get' | 'credentials' | 'requestOptions'>;
  readonly #onChange: () => void;
  readonly #interval: number;
  readonly #seen = new Map<string, Seen>();
  readonly #asking = new Set<string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #looks = new Map<string, number>();
  #isDisposed = false;

  /** `onChange` hears when a state is another one than before. */
  constructor(
    connections: Pick<Connections, 'get' | 'credentials' | 'requestOptions'>,
    onChange: () => void,
    interval: number = loadingInterval,
  ) {
    this.#interval = interval;
    this.#connections = connections;
    this.#onChange = onChange;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** The state of a model, or, without an id, of the server. */
  get(connection: Connection, id?: string): ModelState | undefined {
    const seen = this.#seen.get(keyOf(connection));
    return id === undefined ? seen?.server : (seen?.models.get(id) ?? seen?.server);
  }

  /** Asks a server of this machine in the background, unless it was asked just now. */
  refresh(connection: Connection): void {
    const key = keyOf(connection);
    if (connection.kind !== 'openai-compatible' || !isLoopback(new URL(connection.url))) return;
    const age = performance.now() - (this.#seen.get(key)?.at ?? Number.NEGATIVE_INFINITY);
    if (age < idleInterval || this.#asking.has(key) || this.#timers.has(key)) return;
    void this.#look(connection);
  }

  async #look(connection: Connection): Promise<void> {
    const key = keyOf(connection);
    this.#asking.add(key);
    const { server, states } = await askServer(connection, {
      ...this.#connections.requestOptions,
      credential: () => this.#connections.credentials.get(connection),
    });
    this.#asking.delete(key);
    if (this.#isDisposed) return;
    const before = this.#seen.get(key);
    const isLoading = server.state === 'loading' || [...states.values()].includes('loading');
    const seen = {
      server: server.state === 'loading' ? ('loading' as const) : undefined,
      models: states,
      at: performance.now(),
    };
    this.#seen.set(key, seen);
    if (isLoading) this.#lookAgain(connection);
    else this.#looks.delete(key);
    if (!isSame(before, seen)) this.#onChange();
  }

  #lookAgain(connection: Connection): void {
    const key = keyOf(connection);
    const looks = (this.#looks.get(key) ?? 0) + 1;
    this.#looks.set(key, looks);
    if (looks > mostLooks) return;
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      // The settings may have changed meanwhile.
      const current = this.#connections.get(connection.name);
      if (current && keyOf(current) === key) void this.#look(current);
    }, this.#interval);
    this.#timers.set(key, timer);
  }
}

function isSame(one: Seen | undefined, other: Seen): boolean {
  const told = (seen: Seen | undefined) => JSON.stringify([seen?.server ?? null, [...(seen?.models ?? [])]]);
  return told(one) === told(other);
}

function keyOf({ name, url }: Connection): string {
  return `${name}@${url}`;
}
