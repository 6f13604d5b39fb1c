import type { RoomChoice } from '../../chat/roomChoices.ts';
import { isLocalRoomId } from '../../chat/localRoomNames.ts';
import type { RoomPlace } from './roomView.ts';

/** Rooms that are looked through for one that no list has shown yet. */
const mostLooked = 100;

/** What rooms are called: no API tells that of one room. */
export class RoomNames {
  readonly #known = new Map<string, RoomChoice>();

  /** The room as it was last listed. */
  get(key: string): RoomChoice | undefined {
    return this.#known.get(key);
  }

  keep(key: string, choice: RoomChoice): void {
    this.#known.set(key, choice);
  }

  /** Forgets what a room is called: it has changed. */
  forget(key: string): void {
    this.#known.delete(key);
  }

  /** Looks the room up; undefined if it is not among those that changed last. Rejects with what the list rejects with. */
  async find({ key, connection, room, chatrooms }: RoomPlace): Promise<RoomChoice | undefined> {
    const known = this.#known.get(key);
    if (known) return known;
    const rooms = await chatrooms.list({ limit: mostLooked, offset: 0 });
    const found = rooms.find(({ id }) => id === room);
    if (!found) return undefined;
    const choice = { connection: connection.name, room: found, isLocal: isLocalRoomId(room) };
    this.#known.set(key, choice);
    return choice;
  }
}
