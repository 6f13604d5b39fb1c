import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { roomReference } from '../../chat/openedRoom.ts';
import type { RoomSignals } from '../../chat/panel/roomSignals.ts';
import type { ConnectionNames } from '../connections/connectionNames.ts';

/** Tells this window and the others that chatrooms were made, renamed or deleted. */
export class RoomNews implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #signals: RoomSignals;
  readonly #names: ConnectionNames;
  /** `roomReference` of a room that changed in this window. */
  readonly onDidChange = this.#changed.event;

  constructor(signals: RoomSignals, names: ConnectionNames) {
    this.#signals = signals;
    this.#names = names;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** The name of a room in the signals, the same in all windows. */
  keyOf({ name }: Pick<Connection, 'name'>, room: string): string {
    return roomReference({ connection: this.#names.stored(name), room });
  }

  /** A room changed here. */
  tell(connection: Pick<Connection, 'name'>, room: string): void {
    const key = this.keyOf(connection, room);
    this.#changed.fire(key);
    void this.#signals.tell(key, 'changed');
  }
}
