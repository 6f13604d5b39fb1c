import { isObject, type JsonObject, numberOf } from '../api/json.ts';
import type { ChatCompletionMessage } from '../api/wireRequest.ts';
import { sha256Hex } from './fingerprint.ts';
import type { FileStore } from './journal.ts';

// A room is a folder of write-once files, `<kind>.<time>.<author>.<number>.json`:
//   room   its name and metadata; the newest that parses counts
//   gone   the room was removed, whatever another window still writes into it
//   asked  the new messages of a turn
//   part   a piece of a turn's reply, while it grows
//   reply  the whole reply; it replaces the parts
const kinds = ['room', 'gone', 'asked', 'part', 'reply'] as const;
type Kind = (typeof kinds)[number];

/** Time and author, as they stand in a file's name: they sort by time, then author. All files of a turn share one. */
export type Stamp = `${string}.${string}`;

/** A local chatroom; times in milliseconds since 1970. */
export interface LocalRoom {
  readonly id: string;
  readonly name: string;
  readonly metadata: JsonObject;
  readonly createdAt: number;
  /** When its newest turn was stored, or when it got its name. */
  readonly updatedAt: number;
  /** The files that a new name replaces. */
  readonly versions: readonly string[];
}

/** A turn as the files of a room tell it. */
export interface LocalTurn {
  readonly stamp: Stamp;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** In their wire form. */
  readonly messages: readonly ChatCompletionMessage[];
  /** As far as it came; empty if there is none. */
  readonly reply: string;
  /** The reply came to its end. */
  readonly isWhole: boolean;
}

/** The files of one connection's rooms. All of it rejects with what the disk says. */
export interface LocalRoomFiles {
  /** Every room that is not removed. */
  rooms(): Promise<LocalRoom[]>;
  /** Undefined if there is no such room. */
  room(id: string): Promise<LocalRoom | undefined>;
  /** Oldest first. */
  turns(id: string): Promise<LocalTurn[]>;
  /** Writes a new file and tells its name. `number` keeps files of one kind and stamp apart. */
  write(id: string, kind: Kind, stamp: Stamp, number: number, value: JsonObject): Promise<string>;
  /** What cannot be removed stays, and does no harm. */
  remove(id: string, names: readonly string[]): Promise<void>;
  /** Removes what was written into a room after it was removed. */
  sweep(id: string): Promise<void>;
}

/** Whether an id is of the form that local rooms have; any other never becomes a path. */
export function isLocalRoomId(id: string): boolean {
  return /^local_[0-9a-f]{32}$/.test(id);
}

/** Opens the rooms of one connection. */
export function createLocalRoomFiles(files: FileStore, connection: string): LocalRoomFiles {
  // The journal may live beside it; none of its folders has this name. Any name of a connection is a safe path hashed.
  const folder = sha256Hex(connection).then((hash) => `~rooms/${hash.slice(0, 40)}`);
  const folderOf = async (id: string) => `${await folder}/${id}`;

  async function remove(id: string, names: readonly string[]): Promise<void> {
    const path = await folderOf(id);
    await Promise.allSettled(names.map((name) => files.remove(`${path}/${name}`)));
  }

  /** The files of a room; none once it is gone. */
  async function list(id: string): Promise<RoomFile[]> {
    const names = await files.list(await folderOf(id));
    const found = names.flatMap((name) => parseName(name) ?? []);
    const gone = found.filter(({ kind }) => kind === 'gone');
    if (gone.length === 0) return found;
    // Unfinished files too: they hold text.
    await remove(
      id,
      names.filter((name) => !gone.some((file) => file.name === name)),
    );
    return [];
  }

  /** Lists and reads again if a file vanished in between: another window wrote a newer one in its place. */
  async function snapshot<T>(id: string, work: (found: RoomFile[], read: Read) => Promise<T>): Promise<T> {
    const path = await folderOf(id);
    for (let attempt = 1; ; attempt += 1) {
      let hasVanished = false;
      const result = await work(await list(id), async ({ name }) => {
        const bytes = await files.read(`${path}/${name}`);
        hasVanished ||= bytes === undefined;
        return bytes && parseObject(bytes);
      });
      if (!hasVanished || attempt === longestPursuit) return result;
    }
  }

  const room = (id: string) => snapshot(id, (found, read) => readRoom(id, found, read));

  return {
    rooms: async () => {
      const ids = new Set((await files.list(await folder)).filter(isLocalRoomId));
      return (await Promise.all([...ids].map(room))).filter((found) => found !== undefined);
    },
    room,
    turns: async (id) => {
      const leftovers: string[] = [];
      const turns = await snapshot(id, (found, read) => readTurns(found, read, leftovers));
      await remove(id, leftovers);
      return turns;
    },
    write: async (id, kind, stamp, number, value) => {
      const name = `${kind}.${stamp}.${number}.json`;
      const bytes = new TextEncoder().encode(JSON.stringify(value));
      await files.writeNew(`${await folderOf(id)}/${name}`, bytes);
      return name;
    },
    remove,
    sweep: async (id) => void (await list(id)),
  };
}

/** How often a room is read again; only a window that never stops renaming it could go on for longer. */
const longestPursuit = 5;

interface RoomFile {
  readonly name: string;
  readonly kind: Kind;
  readonly stamp: Stamp;
  readonly time: number;
  readonly number: number;
}

/** The object in a file; undefined for a torn one, which is no JSON: an object needs its last brace. */
type Read = (file: RoomFile) => Promise<JsonObject | undefined>;

function parseName(name: string): RoomFile | undefined {
  const [, word, time = '', author = '', number] =
    /^([a-z]+)\.(\d{15})\.([^.]+)\.(\d+)\.json$/.exec(name) ?? [];
  const kind = kinds.find((known) => known === word);
  return kind && { name, kind, stamp: `${time}.${author}`, time: Number(time), number: Number(number) };
}

function parseObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function readRoom(id: string, found: readonly RoomFile[], read: Read): Promise<LocalRoom | undefined> {
  const versions = found.filter(({ kind }) => kind === 'room');
  for (const file of versions.toSorted((a, b) => (a.stamp < b.stamp ? 1 : -1))) {
    const value = await read(file);
    const [name, createdAt] = [value?.['name'], numberOf(value?.['createdAt'])];
    if (typeof name !== 'string' || createdAt === undefined) continue;
    const metadata = isObject(value?.['metadata']) ? value['metadata'] : {};
    const updatedAt = found.reduce((newest, { time }) => Math.max(newest, time), 0);
    return { id, name, metadata, createdAt, updatedAt, versions: versions.map((version) => version.name) };
  }
  return undefined;
}

/** `leftovers` gets the parts of replies that are whole: their host was killed before it removed them. */
async function readTurns(found: readonly RoomFile[], read: Read, leftovers: string[]): Promise<LocalTurn[]> {
  const byStamp = new Map<Stamp, RoomFile[]>();
  for (const file of found) {
    if (file.kind !== 'room') byStamp.set(file.stamp, [...(byStamp.get(file.stamp) ?? []), file]);
  }
  const stamps = [...byStamp].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return await Promise.all(
    stamps.map(async ([stamp, all]) => {
      const time = all[0]?.time ?? 0;
      const ordered = all.toSorted((a, b) => a.number - b.number);
      const valuesOf = async (kind: Kind) => {
        const values = await Promise.all(ordered.filter((file) => file.kind === kind).map(read));
        return values.filter((value) => value !== undefined);
      };
      const messages = (await valuesOf('asked')).at(-1)?.['messages'];
      const last = (await valuesOf('reply')).at(-1);
      const whole = last?.['text'];
      if (typeof whole === 'string') {
        leftovers.push(...ordered.flatMap(({ kind, name }) => (kind === 'part' ? name : [])));
      }
      return {
        stamp,
        time,
        messages: Array.isArray(messages) ? messages.filter(isMessage) : [],
        reply: typeof whole === 'string' ? whole : joinPieces(await valuesOf('part')),
        isWhole: last?.['isWhole'] === true,
      };
    }),
  );
}

/** Each piece says where it begins; after a piece that is missing nothing fits any more. */
function joinPieces(pieces: readonly JsonObject[]): string {
  let joined = '';
  for (const { from, text } of pieces) {
    if (typeof from !== 'number' || from > joined.length || typeof text !== 'string') break;
    joined = joined.slice(0, from) + text;
  }
  return joined;
}

function isMessage(value: unknown): value is ChatCompletionMessage {
  return isObject(value) && typeof value['role'] === 'string';
}
