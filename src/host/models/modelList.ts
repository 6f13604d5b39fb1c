import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { RetryConfig } from '../../api/retry.ts';
import type { ModelInfo } from '../../api/wire.ts';
import type { ModelState } from '../../chat/localServer.ts';
import { isShown, withOwnModels } from '../../chat/modelFacts.ts';
import type { Connections } from '../connections/connections.ts';
import type { Log } from '../log.ts';
import { ModelStates } from './modelStates.ts';

const stateKey = 'models';
/** In milliseconds. */
const announceDelay = 100;

/**
 * The models of every connection. Answers at once from what an earlier session saw (VS Code fails the first
 * prompt when the list is late or lacks the model picked last), and refreshes behind it.
 */
export class ModelList implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #connections: Connections;
  readonly #state: vscode.Memento;
  readonly #log: Log;
  /** Connections asked in this session, by key; a change of settings or keys asks again. */
  #asked = new Map<string, Promise<readonly ModelInfo[]>>();
  /** What servers told in this session, by connection name. */
  readonly #listed = new Map<string, CacheEntry>();
  #announcing: ReturnType<typeof setTimeout> | undefined;
  readonly #states: ModelStates;
  readonly #subscription: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(connections: Connections, globalState: vscode.Memento, log: Log) {
    this.#connections = connections;
    this.#state = globalState;
    this.#log = log;
    this.#states = new ModelStates(connections, () => this.#announceSoon());
    this.#subscription = connections.onDidChange(() => {
      this.#asked = new Map();
      this.#changed.fire();
    });
  }

  dispose(): void {
    clearTimeout(this.#announcing);
    this.#subscription.dispose();
    this.#states.dispose();
    this.#changed.dispose();
  }

  /** Makes VS Code ask for the list. */
  announce(): void {
    this.#changed.fire();
  }

  /**
   * What is known of a connection's chat models, without any request: from its server and the settings. Undefined if
   * neither has told any.
   */
  known(connection: Connection): readonly ModelInfo[] | undefined {
    const entry = this.#cache()[connection.name];
    const listed = entry?.key === cacheKey(connection) ? shownOf(connection, entry.models) : undefined;
    const all = withOwnModels(connection, listed ?? []);
    return all.length === 0 ? listed : all;
  }

  /**
   * What the picker shows meanwhile: also the models of the URL or operator that the connection had before, until the
   * new list is there. VS Code fails a prompt whose picked model is gone.
   */
  shown(connection: Connection): readonly ModelInfo[] | undefined {
    const listed = this.#cache()[connection.name]?.models;
    return listed && withOwnModels(connection, shownOf(connection, listed));
  }

  /** Whether a model of this machine can answer at once; undefined where nobody tells. Without an id: the server itself. */
  state(connection: Connection, id?: string): ModelState | undefined {
    return this.#states.get(connection, id);
  }

  /** All models that the server lists, chat or not, asked for anew, and those of the settings. Throws `ApiError`. */
  async all(connection: Connection): Promise<readonly ModelInfo[]> {
    const { retry = listRetry } = connection;
    return withOwnModels(connection, await this.#connections.endpoint(connection).listModels({ retry }));
  }

  /** The connection's chat models from the server and the settings; one request a session. Throws `ApiError`. */
  async load(connection: Connection): Promise<readonly ModelInfo[]> {
    const key = cacheKey(connection);
    const asked = this.#asked.get(key) ?? this.#fetch(connection);
    this.#asked.set(key, asked);
    try {
      return withOwnModels(connection, await asked);
    } catch (error) {
      this.#asked.delete(key);
      throw error;
    }
  }

  /** Asks each usable connection once a session, in the background. */
  refresh(usable: readonly Connection[]): void {
    for (const connection of usable) {
      this.#states.refresh(connection);
      if (this.#asked.has(cacheKey(connection))) continue;
      this.load(connection).catch((error: unknown) =>
        this.#log.failure('Models not listed', error, { connection: connection.name }),
      );
    }
  }

  /** Forgets a connection's models (sign-out). */
  async forget(connection: Connection): Promise<void> {
    this.#listed.delete(connection.name);
    const rest = { ...this.#cache() };
    delete rest[connection.name];
    await this.#state.update(stateKey, rest);
    this.#asked.delete(cacheKey(connection));
    this.#changed.fire();
  }

  /**
   * Several lists that come together are told once: with each event VS Code asks for all of them anew, and meanwhile it
   * forgets what a person just picked.
   */
  #announceSoon(): void {
    this.#announcing ??= setTimeout(() => {
      this.#announcing = undefined;
      this.#changed.fire();
    }, announceDelay);
  }

  async #fetch(connection: Connection): Promise<readonly ModelInfo[]> {
    const { retry = listRetry } = connection;
    const listed = await this.#connections.endpoint(connection).listModels({ retry });
    const current = this.#connections.get(connection.name);
    // The settings may have changed while the list was on its way.
    if (!current || cacheKey(current) !== cacheKey(connection)) return shownOf(connection, listed);
    const models = shownOf(current, listed);
    const entry = { key: cacheKey(connection), models };
    const isNew = JSON.stringify(this.#cache()[connection.name]) !== JSON.stringify(entry);
    this.#listed.set(connection.name, entry);
    if (isNew) {
      await this.#state.update(stateKey, this.#cache());
      this.#announceSoon();
    }
    this.#log.info('Models listed', { connection: connection.name, count: models.length });
    return models;
  }

  /** Other windows write the same state, each as it knows it, and perhaps for another operator. */
  #cache(): Readonly<Record<string, CacheEntry>> {
    return { ...this.#state.get<Record<string, CacheEntry>>(stateKey), ...Object.fromEntries(this.#listed) };
  }
}

/** Nobody sees this wait, and some prompts wait with it. Times in milliseconds. */
const listRetry: RetryConfig = {
  strategy: 'backoff',
  backoff: { maxElapsedTime: 2000 },
  retryConnectionErrors: false,
};

/** By connection name; `key` tells from which URL and operator the list is. */
interface CacheEntry {
  readonly key: string;
  readonly models: readonly ModelInfo[];
}

function shownOf(connection: Connection, listed: readonly ModelInfo[]): readonly ModelInfo[] {
  return listed.filter((model) => isShown(connection, model));
}

function cacheKey({ kind, name, url, operatorId = '' }: Connection): string {
  return `${kind}:${name}@${url}#${operatorId}`;
}
