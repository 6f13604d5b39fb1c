import type * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import type { ChatRoom } from '../../api/wire.ts';

const prefix = 'pinnedRoom:';

/** A pinned room as it was last seen: it may be on none of the pages that a list has read. */
export interface PinnedRoom {
  readonly key: string;
  readonly name: string;
}

/** The rooms that people pinned, in all workspaces; one key each, so that two windows do not overwrite each other. */
export class PinnedRooms {
  readonly #state: vscode.Memento;

  constructor(globalState: vscode.Memento) {
    this.#state = globalState;
  }

  all(): PinnedRoom[] {
    return this.#state
      .keys()
      .filter((name) => name.startsWith(prefix))
      .map((name) => ({ key: name.slice(prefix.length), name: nameIn(this.#state.get(name)) }));
  }

  has(key: string): boolean {
    return this.#state.get(`${prefix}${key}`) !== undefined;
  }

  async set(key: string, room: Pick<ChatRoom, 'name'>): Promise<void> {
    await this.#state.update(`${prefix}${key}`, { name: room.name });
  }

  async remove(key: string): Promise<void> {
    await this.#state.update(`${prefix}${key}`, undefined);
  }
}

function nameIn(value: unknown): string {
  return isObject(value) && typeof value['name'] === 'string' ? value['name'] : '';
}
