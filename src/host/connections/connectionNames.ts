import type * as vscode from 'vscode';
import {
  afterRename,
  currentName,
  isFree,
  readRenames,
  type Renames,
  storedName,
  withoutConnection,
} from '../../chat/connectionNames.ts';

const stateKey = 'renamedConnections';

/**
 * Names of renamed connections. Conversations, journal and local chatrooms hold a connection's name; they keep the first
 * one, so that a rename moves none of them.
 */
export class ConnectionNames {
  readonly #state: vscode.Memento;

  constructor(globalState: vscode.Memento) {
    this.#state = globalState;
  }

  /** The name that a connection has today, for one that a conversation or a setting holds. */
  current(name: string, isThere: (name: string) => boolean): string {
    return currentName(this.#renames(), name, isThere);
  }

  /** The name under which conversations and local chatrooms of a connection are kept. */
  stored(name: string): string {
    return storedName(this.#renames(), name);
  }

  /** Whether the connection `of` may take a name, or, without it, a new one. */
  isFree(name: string, of: string | undefined, taken: ReadonlySet<string>): boolean {
    return isFree(this.#renames(), name, of, taken);
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#state.update(stateKey, afterRename(this.#renames(), from, to));
  }

  /** Forgets the old name of a connection that is removed. */
  async forget(name: string): Promise<void> {
    await this.#state.update(stateKey, withoutConnection(this.#renames(), name));
  }

  #renames(): Renames {
    return readRenames(this.#state.get(stateKey));
  }
}
