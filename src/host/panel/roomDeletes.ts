import * as vscode from 'vscode';
import { systemClock } from '../../chat/clock.ts';
import { forgetRoom } from '../../chat/forgetRoom.ts';
import { createPendingDeletes, type PendingDeletes } from '../../chat/panel/pendingDeletes.ts';
import type { RoomNews } from '../rooms/roomNews.ts';
import { errorText } from '../rooms/tellError.ts';
import type { PanelServices } from './panelServices.ts';
import type { PinnedRooms } from './pinnedRooms.ts';
import { roomChoices } from './roomChoices.ts';
import { placeOf } from './roomPlaces.ts';

/** The deletions of this window, which can be undone for some seconds. */
export class RoomDeletes implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<{ readonly key: string; readonly problem?: string }>();
  readonly #services: PanelServices;
  readonly #news: RoomNews;
  readonly #pins: PinnedRooms;
  readonly #pending: PendingDeletes;
  readonly #subscription: vscode.Disposable;
  /** Something about a deletion is new; `problem`: it failed, and the room is there again. */
  readonly onDidChange = this.#changed.event;

  constructor(services: PanelServices, news: RoomNews, pins: PinnedRooms) {
    this.#services = services;
    this.#news = news;
    this.#pins = pins;
    // A prompt that goes into the room, through any door, takes its deletion back.
    this.#subscription = services.live.onEvent((event) => {
      if (event.type === 'bound') this.undo(event.room);
    });
    this.#pending = createPendingDeletes(systemClock, (key, error) => {
      if (error === undefined) {
        this.#changed.fire({ key });
        return;
      }
      services.log.failure('Chatroom not deleted', error);
      const connection = placeOf(key, services)?.connection;
      this.#changed.fire({ key, ...(connection && { problem: errorText(error, connection) }) });
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Deletes a room when the time to undo it is over. */
  add(key: string): void {
    const place = placeOf(key, this.#services);
    if (!place) return;
    this.#pending.add(key, async () => {
      await place.chatrooms.remove(place.room);
      const owner = { connection: place.stored, room: place.room };
      // The room itself is gone, whatever becomes of its traces.
      const choices = roomChoices(this.#services.globalState);
      await forgetRoom(owner, { ...this.#services, pins: this.#pins, choices }).catch((error: unknown) => {
        this.#services.log.failure('Chatroom not forgotten', error, { connection: place.connection.name });
      });
      this.#news.tell(place.connection, place.room);
    });
    this.#changed.fire({ key });
  }

  undo(key: string): void {
    if (this.#pending.undo(key)) this.#changed.fire({ key });
  }

  /** Rooms whose deletion can be undone. */
  waiting(): string[] {
    return this.#pending.waiting();
  }

  /** Milliseconds that are left to undo it. */
  remaining(key: string): number | undefined {
    return this.#pending.remaining(key);
  }

  isGone(key: string): boolean {
    return this.#pending.isGone(key);
  }

  /** Begins what waits, at once, and resolves when it is done. */
  flush(): Promise<void> {
    return this.#pending.flush();
  }
}
