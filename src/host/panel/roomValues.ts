import type * as vscode from 'vscode';
import { isObject, type JsonObject } from '../../api/json.ts';

/** Rooms of which a choice is kept. */
const mostKept = 200;

/** What people chose for single chatrooms, by their keys. `name` tells one kind of choice from the others. */
export class RoomValues {
  readonly #prefix: string;

  constructor(name: string) {
    this.#prefix = `${name}:`;
  }

  /** The choice as it is stored, which may be of any shape; empty if there is none. */
  read(key: string, globalState: vscode.Memento): JsonObject {
    return read(globalState.get(this.#prefix + key));
  }

  /** The room is deleted. */
  async forget(key: string, globalState: vscode.Memento): Promise<void> {
    await globalState.update(this.#prefix + key, undefined);
  }

  /** Keeps a choice, and forgets those of the rooms that nobody chose anything for since long. */
  async keep(key: string, value: JsonObject | undefined, globalState: vscode.Memento): Promise<void> {
    await globalState.update(this.#prefix + key, value && { ...value, at: Date.now() });
    const kept = globalState
      .keys()
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => ({ name, at: Number(read(globalState.get(name))['at']) || 0 }))
      .toSorted((a, b) => b.at - a.at);
    for (const { name } of kept.slice(mostKept)) await globalState.update(name, undefined);
  }
}

function read(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
