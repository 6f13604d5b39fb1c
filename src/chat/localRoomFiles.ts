import { isObject, type JsonObject, numberOf } from '../api/json.ts';
import { boundedMap } from './boundedMap.ts';
import type { FileStore } from './journal.ts';
import { readJson, writeJson } from './jsonFile.ts';
import { folderOfConnection, roomsFolder } from './leftRooms.ts';
import type { StoredMessage } from './localMessages.ts';
import {
  type FileKind,
  fileName,
  isLocalRoomId,
  markName,
  parseFileName,
  parseMarkName,
  type RoomFile,
  type RoomMark,
  type Stamp,
  stampAt,
} from './localRoomNames.ts';
import { type LocalRoom, type LocalTurn, newestStamp, readHead, readTurns } from './localRoomReading.ts';
import { StorageError } from './storageError.ts';

/** What rooms are kept on. */
export interface LocalRoomFilesInput {
  readonly files: FileStore;
  /** Rooms of one connection only see each other. */
  readonly connection: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears of files that are no longer whole. */
  readonly onTorn?: (room: string) => void;
}

/** Where a room stands in the list. */
export interface RoomPlace {
  readonly id: string;
  /** When it changed last, as far as its mark tells. */
  readonly stamp: Stamp;
}

/** The files of one connection's rooms. All of it rejects with what the disk says, or a `StorageError`. */
export interface LocalRoomFiles {
  /** Every room that is not removed, the one that changed last first. */
  places(): Promise<RoomPlace[]>;
  /** Undefined if there is no such room. */
  room(id: string): Promise<LocalRoom | undefined>;
  /** The same; what was read of an unchanged room before is not read again. */
  roomAt(place: RoomPlace): Promise<LocalRoom | undefined>;
  /** Oldest first; the same array as before if nothing has changed. */
  turns(id: string): Promise<readonly LocalTurn[]>;
  /** Writes a new file, marks the room as changed if it is one that counts, and tells the file's name. */
  write(id: string, kind: FileKind, stamp: Stamp, number: number, value: JsonObject): Promise<string>;
  /** Puts turns into one file. Theirs go once it was read back. */
  pack(id: string, turns: readonly LocalTurn[], messages: readonly StoredMessage[]): Promise<void>;
  /** Whether nothing at all is where a room of this id would be. */
  isFree(id: string): Promise<boolean>;
  /** What cannot be removed stays, and does no harm. */
  remove(id: string, names: readonly string[]): Promise<void>;
  /** Removes what was written into a room after it was removed. */
  sweep(id: string): Promise<void>;
}

/** Files that are open at once. */
const widest = 32;
/** How often a room is read again; only a window that never stops renaming it could go on for longer. */
const longestPursuit = 5;
/** Until then a torn file may be one that is being written, in milliseconds. */
const tornAfter = 60_000;
/** How long a removed room is looked into for what other windows write into it, in milliseconds. */
const sweptFor = 24 * 60 * 60 * 1000;
/** Of the files' own format. */
const version = 1;

/** Opens the rooms of one connection. */
export function createLocalRoomFiles(input: LocalRoomFilesInput): LocalRoomFiles {
  const { files, connection, now, onTorn = () => undefined } = input;
  const ownFolder = folderOfConnection(connection);
  const folder = ownFolder.then((name) => `${roomsFolder}/${name}`);
  const folderOf = async (id: string) => `${await folder}/${id}`;
  const heads = new Map<string, { readonly stamp: Stamp; readonly room: LocalRoom | undefined }>();
  const marks = new Map<string, Stamp>();
  // One room's at most: they may be long.
  let known: { readonly id: string; readonly names: string; readonly turns: LocalTurn[] } | undefined;

  async function remove(id: string, names: readonly string[]): Promise<void> {
    const path = await folderOf(id);
    await removeAll(names.map((name) => `${path}/${name}`));
  }

  async function removeAll(paths: readonly string[]): Promise<void> {
    await boundedMap(paths, widest, (path) => files.remove(path).catch(() => undefined));
  }

  /** The files of a room; none once it is gone. */
  async function list(id: string): Promise<{ found: RoomFile[]; goneAt: number | undefined }> {
    const names = await files.list(await folderOf(id));
    const found = names.flatMap((name) => parseFileName(name) ?? []);
    const gone = found.filter(({ kind }) => kind === 'gone');
    if (gone.length === 0) return { found, goneAt: undefined };
    // Unfinished files too: they hold text.
    await remove(
      id,
      names.filter((name) => !gone.some((file) => file.name === name)),
    );
    return { found: [], goneAt: gone[0]?.time };
  }

  /** Lists and reads again if a file vanished in between: another window wrote a newer one in its place. */
  async function snapshot<T>(
    id: string,
    work: (
      found: readonly RoomFile[],
      read: (file: RoomFile) => Promise<JsonObject | undefined>,
    ) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      let hasVanished = false;
      const result = await work((await list(id)).found, async (file) => {
        const bytes = await files.read(`${await folderOf(id)}/${file.name}`);
        hasVanished ||= bytes === undefined;
        return bytes && parse(id, file, bytes);
      });
      if (!hasVanished || attempt === longestPursuit) return result;
    }
  }

  async function parse(id: string, file: RoomFile, bytes: Uint8Array): Promise<JsonObject | undefined> {
    const value = parseObject(bytes);
    if (!value) await setAside(id, file, bytes);
    if ((numberOf(value?.['version']) ?? version) > version) throw new StorageError('newerVersion');
    return value;
  }

  /** Moves a torn file out of the way, for people who want to look into it. It stays where that does not work. */
  async function setAside(id: string, { name, time }: RoomFile, bytes: Uint8Array): Promise<void> {
    const age = now() - time;
    if (age < tornAfter) return;
    const path = `~aside/${await ownFolder}/${id}/${name}`;
    try {
      await files.writeNew(path, bytes).catch(async (error: unknown) => {
        // An attempt before came as far as the copy.
        if (!isSame(await files.read(path), bytes)) throw error;
      });
      await files.remove(`${await folderOf(id)}/${name}`);
      onTorn(id);
    } catch {
      // Read-only or full: what is torn is skipped where it is.
    }
  }

  /** A mark only spares work, so that one that cannot be written takes nothing with it. */
  async function mark(kind: 'at' | 'gone', stamp: Stamp, id: string): Promise<void> {
    const path = `${await folder}/${markName(kind, stamp, id)}`;
    await files.writeNew(path, new TextEncoder().encode('{}')).catch(() => undefined);
    const before = marks.get(id);
    marks.set(id, stamp);
    // Marks of other windows go when the rooms are listed.
    if (before !== stamp) await unmark(id, before);
  }

  async function unmark(id: string, stamp: Stamp | undefined): Promise<void> {
    if (stamp !== undefined) await removeAll([`${await folder}/${markName('at', stamp, id)}`]);
  }

  /** For a room without a mark: its host was killed, or could not write one. */
  async function placeOf(id: string): Promise<RoomPlace | undefined> {
    const { found, goneAt } = await list(id);
    const stamp = newestStamp(found);
    // From then on no window is left that could write into it, so that nobody has to look.
    if (goneAt !== undefined && now() - goneAt > sweptFor) await mark('gone', stampAt(goneAt, 'x'), id);
    if (stamp !== undefined) await mark('at', stamp, id);
    return stamp && { id, stamp };
  }

  async function write(id: string, kind: FileKind, stamp: Stamp, number: number, value: JsonObject) {
    const name = fileName(kind, stamp, number);
    await files.writeNew(`${await folderOf(id)}/${name}`, writeJson({ version, ...value }));
    // After the file: who sees the mark finds what it stands for.
    if (kind === 'room' || kind === 'asked') await mark('at', stamp, id);
    if (kind === 'gone') await unmark(id, marks.get(id));
    return name;
  }

  const room = (id: string) =>
    snapshot(id, (found, read) => {
      const stamp = newestStamp(found);
      if (stamp !== undefined) marks.set(id, stamp);
      return readHead(id, found, read);
    });

  return {
    places: async () => {
      const path = await folder;
      const { newest, older, unmarked } = sortNames(await files.list(path));
      const rest = await boundedMap(unmarked, widest, placeOf);
      await removeAll(older.map((name) => `${path}/${name}`));
      const places = [...[...newest.values()].map((at) => ({ id: at.room, stamp: at.stamp })), ...rest];
      return places
        .filter((place) => place !== undefined)
        .toSorted((a, b) => (a.stamp < b.stamp ? 1 : a.stamp > b.stamp ? -1 : 0));
    },
    room,
    roomAt: async ({ id, stamp }) => {
      const head = heads.get(id);
      if (head?.stamp === stamp) return head.room;
      const found = await room(id);
      if (!found) await unmark(id, stamp);
      heads.set(id, { stamp, room: found });
      return found;
    },
    turns: async (id) => {
      const leftovers: string[] = [];
      const turns = await snapshot(id, async (found, read) => {
        const names = found.map(({ name }) => name).join('\n');
        if (known?.id === id && known.names === names) return known.turns;
        leftovers.length = 0;
        const turnsNow = await readTurns(found, read, leftovers, widest);
        known = { id, names, turns: turnsNow };
        return turnsNow;
      });
      await remove(id, leftovers);
      return turns;
    },
    write,
    pack: async (id, turns, messages) => {
      const last = turns.at(-1);
      if (!last) return;
      const value = { turns: turns.map(({ stamp }) => stamp), messages };
      const path = `${await folderOf(id)}/${fileName('pack', last.stamp, 0)}`;
      await write(id, 'pack', last.stamp, 0, value).catch(async (error: unknown) => {
        // Another window may have packed the same turns at the same time.
        if ((await files.read(path)) === undefined) throw error;
      });
      // A file system may tell that it wrote what it did not; nothing else holds these turns afterwards.
      const written = await files.read(path);
      if (!isSame(written, writeJson({ version, ...value }))) throw new StorageError('unreadable');
      await remove(
        id,
        turns.flatMap((turn) => turn.files),
      );
    },
    isFree: async (id) => (await files.list(await folderOf(id))).length === 0,
    remove,
    sweep: async (id) => void (await list(id)),
  };
}

/** What the names in a connection's folder say: each room's newest mark, marks that no longer count, rooms without. */
function sortNames(names: readonly string[]) {
  const newest = new Map<string, RoomMark>();
  const gone = new Set<string>();
  const marks = names.flatMap((name) => parseMarkName(name) ?? []);
  for (const { isGone, room } of marks) if (isGone) gone.add(room);
  const older: string[] = [];
  for (const at of marks) {
    if (at.isGone) continue;
    const before = newest.get(at.room);
    const isNewest = !gone.has(at.room) && (before === undefined || before.stamp < at.stamp);
    if (isNewest) newest.set(at.room, at);
    if (before && isNewest) older.push(before.name);
    if (!isNewest) older.push(at.name);
  }
  const ids = new Set(names.filter(isLocalRoomId));
  return { newest, older, unmarked: [...ids].filter((id) => !newest.has(id) && !gone.has(id)) };
}

function parseObject(bytes: Uint8Array): JsonObject | undefined {
  const value = readJson(bytes);
  return isObject(value) ? value : undefined;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}
