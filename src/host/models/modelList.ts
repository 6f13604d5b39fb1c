import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { ModelInfo } from '../../api/wire.ts';
import { isChatModel } from '../../chat/defaultModel.ts';
import type { Connections } from '../connections/connections.ts';
import type { Log } from '../log.ts';

const stateKey = 'models';

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
  readonly #subscription: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(connections: Connections, globalState: vscode.Memento, log: Log) {
    this.#connections = connections;
    this.#state = globalState;
    this.#log = log;
    this.#subscription = connections.onDidChange(() => {
      this.#asked = new Map();
      this.#changed.fire();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Makes VS Code ask for the list. */
  announce(): void {
    this.#changed.fire();
  }

  /** What is known of a connection's chat models, without any request; undefined if it was never asked. */
  known(connection: Connection): readonly ModelInfo[] | undefined {
    return this.#cache()[cacheKey(connection)];
  }

  /** The connection's chat models from the server; one request a session. Throws `ApiError`. */
  async load(connection: Connection): Promise<readonly ModelInfo[]> {
    const key = cacheKey(connection);
    const asked = this.#asked.get(key) ?? this.#fetch(connection);
    this.#asked.set(key, asked);
    try {
      return await asked;
    } catch (error) {
      this.#asked.delete(key);
      throw error;
    }
  }

  /** Asks each usable connection once a session, in the background. */
  refresh(usable: readonly Connection[]): void {
    for (const connection of usable) {
      if (this.#asked.has(cacheKey(connection))) continue;
      this.load(connection).catch((error: unknown) =>
        this.#log.failure('Models not listed', error, { connection: connection.name }),
      );
    }
  }

  /** Forgets a connection's models (sign-out). */
  async forget(connection: Connection): Promise<void> {
    const rest = { ...this.#cache() };
    delete rest[cacheKey(connection)];
    await this.#state.update(stateKey, rest);
    this.#asked.delete(cacheKey(connection));
    this.#changed.fire();
  }

  async #fetch(connection: Connection): Promise<readonly ModelInfo[]> {
    const models = (await this.#connections.endpoint(connection).listModels()).filter(isChatModel);
    const key = cacheKey(connection);
    const before = JSON.stringify(this.#cache()[key]);
    if (before !== JSON.stringify(models)) {
      await this.#state.update(stateKey, { ...this.#cache(), [key]: models });
      this.#changed.fire();
    }
    this.#log.info('Models listed', { connection: connection.name, count: models.length });
    return models;
  }

  #cache(): Record<string, readonly ModelInfo[]> {
    return this.#state.get<Record<string, readonly ModelInfo[]>>(stateKey) ?? {};
  }
}

function cacheKey(connection: Connection): string {
  return `${connection.name}@${connection.url}#${connection.operatorId ?? ''}`;
}
