import type { RoomChoice } from '../../chat/roomChoices.ts';
import { isLocalRoomId } from '../../chat/localRoomNames.ts';
import type { RoomPlace } from './roomView.ts';

/** Rooms that are looked through for one that no list has shown yet. */
const mostLooked = 100;

/** What rooms are called: no API tells that of one room. */
export class RoomNames {
  readonly #known = new Map<string, RoomChoice>();
  /** What was found, or will be; missing: what is known may be out of date. */
  readonly #found = new Map<string, Promise<RoomChoice | undefined>>();

  /** The room as it was last listed. */
  get(key: string): RoomChoice | undefined {
    return this.#known.get(key);
  }

  keep(key: string, choice: RoomChoice): void {
    this.#known.set(key, choice);
    this.#found.set(key, Promise.resolve(choice));
  }

  /** The room may be called otherwise now: it is looked up again. */
  forget(key: string): void {
    this.#found.delete(key);
  }

  /** Looks the room up; undefined if it is not among those that changed last. Rejects with what the list rejects with. */
  find(place: RoomPlace): Promise<RoomChoice | undefined> {
    const { key } = place;
    const known = this.#found.get(key);
    if (known) return known;
    const finding = this.#look(place, () => this.#found.get(key) === finding);
    this.#found.set(key, finding);
    return finding;
  }

  /** `isLast`: nobody has said since that the room may be called otherwise. */
  async #look(
    { key, connection, room, chatrooms }: RoomPlace,
    isLast: () => boolean,
  ): Promise<RoomChoice | undefined> {
    try {
      const rooms = await chatrooms.list({ limit: mostLooked, offset: 0 });
      const found = rooms.find(({ id }) => id === room);
      const choice = found && { connection: connection.name, room: found, isLocal: isLocalRoomId(room) };
      if (choice && isLast()) this.#known.set(key, choice);
      return choice;
    } catch (error) {
      if (isLast()) this.#found.delete(key);
      throw error;
    }
  }
}
