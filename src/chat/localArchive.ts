import { type ArchiveRoom, writeArchive } from './chatArchive.ts';
import { sha256Hex } from './fingerprint.ts';
import type { FileStore } from './journal.ts';
import { storedMessages } from './localMessages.ts';
import { createLocalRoomFiles } from './localRoomFiles.ts';
import { createStamps, isLocalRoomId, newLocalRoomId, type Stamp, stampAt } from './localRoomNames.ts';
import type { LocalRoom } from './localRoomReading.ts';
import { StorageError } from './storageError.ts';

/** Where rooms are read from and written to. */
export interface LocalArchiveInput {
  readonly files: FileStore;
  readonly connection: string;
  /** Of the connection; rooms that came from another one keep theirs. */
  readonly kind: string;
  /** As in `LocalChatroomsInput`. */
  readonly writer: string;
  /** Milliseconds since 1970; the clock if missing. */
  readonly now?: () => number;
}

/** The local chatrooms of a connection as wholes. All of it rejects with what the disk says, or a `StorageError`. */
export interface LocalArchive {
  /** The rooms' own ids, the one that changed last first. */
  ids(): Promise<string[]>;
  /** Undefined if there is no such room. */
  read(id: string): Promise<ArchiveRoom | undefined>;
  /**
   * Keeps a room. One that is here already stays as it is: the answer is `false`; if it has changed since, the archive's
   * becomes a room beside it. A room of which not all could be written leaves nothing behind.
   */
  write(room: ArchiveRoom): Promise<boolean>;
}

/** How far ahead of this clock a room may have changed, in milliseconds. */
const furthest = 24 * 60 * 60 * 1000;
/** Messages in one file: one that is torn takes no more with it. */
const fileSize = 500;

/** Opens them. */
export function createLocalArchive(input: LocalArchiveInput): LocalArchive {
  const { connection, files, kind, now = Date.now } = input;
  const store = createLocalRoomFiles({ files, connection, now });
  const newStamp = createStamps(input.writer, now);
  let known: Map<string, string> | undefined;

  async function read(id: string): Promise<ArchiveRoom | undefined> {
    if (!isLocalRoomId(id)) return undefined;
    const turns = await store.turns(id);
    const room = await store.room(id);
    return (
      room && {
        id: archiveId(room),
        name: room.name,
        kind: room.origin?.kind ?? kind,
        created_at: new Date(room.createdAt).toISOString(),
        updated_at: new Date(room.updatedAt).toISOString(),
        metadata: room.metadata,
        messages: storedMessages(turns),
      }
    );
  }

  /** Local ids by the id in an archive. */
  async function readKnown(): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const place of await store.places()) {
      try {
        const room = await store.roomAt(place);
        if (room) ids.set(archiveId(room), room.id);
      } catch (error) {
        // One that only a newer version can read is none that this one wrote.
        if (!(error instanceof StorageError && error.fault === 'newerVersion')) throw error;
      }
    }
    return ids;
  }

  /**
   * Not where anything is: the place of a removed room stays empty for ever, and another window may be importing there.
   */
  async function placeFor(id: string): Promise<string> {
    return (await store.isFree(id)) ? id : newLocalRoomId();
  }

  async function add(id: string, room: ArchiveRoom, originId: string): Promise<void> {
    // The time of another machine's clock, unless that is far off.
    const stamp: Stamp = stampAt(
      Math.min(Date.parse(room.updated_at), now() + furthest),
      newStamp(0).replace(/^\d+\./, ''),
    );
    const written: string[] = [];
    try {
      for (let at = 0; at < room.messages.length; at += fileSize) {
        const messages = room.messages.slice(at, at + fileSize);
        written.push(await store.write(id, 'past', stamp, written.length, { messages }));
      }
      const { name, metadata } = room;
      const createdAt = Date.parse(room.created_at);
      const origin = { id: originId, kind: room.kind };
      // Last: without it the room is not there.
      await store.write(id, 'room', stamp, 0, { name, metadata, createdAt, origin });
    } catch (error) {
      await store.remove(id, written);
      throw error;
    }
  }

  return {
    ids: async () => (await store.places()).map(({ id }) => id),
    read,
    write: async (room) => {
      const rooms = (known ??= await readKnown());
      const here = rooms.get(room.id);
      const before = here === undefined ? undefined : await read(here);
      if (!before) {
        const free = await placeFor(isLocalRoomId(room.id) ? room.id : await localId(room.id));
        await add(free, room, room.id);
        rooms.set(room.id, free);
        return true;
      }
      const [mine, theirs] = [textOf(before), textOf(room)];
      if (mine === theirs) return false;
      const copy = await localId(theirs);
      if (rooms.has(copy)) return false;
      const free = await placeFor(copy);
      await add(free, room, copy);
      rooms.set(copy, free);
      return true;
    },
  };
}

/** The id that a room has in archives. */
function archiveId({ id, origin }: LocalRoom): string {
  return origin?.id ?? id;
}

async function localId(text: string): Promise<string> {
  return `local_${(await sha256Hex(text)).slice(0, 32)}`;
}

function textOf(room: ArchiveRoom): string {
  return new TextDecoder().decode(writeArchive([room]));
}
