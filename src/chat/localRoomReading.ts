import { isObject, type JsonObject, numberOf, textOf } from '../api/json.ts';
import type { ChatCompletionMessage } from '../api/wireRequest.ts';
import { boundedMap } from './boundedMap.ts';
import { joinPieces, keptPieceOf } from './keptPieces.ts';
import { isMessage, isStoredMessage, type StoredMessage } from './localMessages.ts';
import type { FileKind, RoomFile, Stamp } from './localRoomNames.ts';

/** A local chatroom; times in milliseconds since 1970. */
export interface LocalRoom {
  readonly id: string;
  /** Empty if the file that held it is torn. */
  readonly name: string;
  readonly metadata: JsonObject;
  readonly createdAt: number;
  /** When its newest turn was stored, or when it got its name. */
  readonly updatedAt: number;
  /** Of an imported room: its id elsewhere and the kind of its connection. */
  readonly origin?: { readonly id: string; readonly kind: string };
  /** The files that a new name replaces. */
  readonly versions: readonly string[];
}

/** A turn as the files of a room tell it, or the messages of many older ones. */
export interface LocalTurn {
  readonly stamp: Stamp;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The new messages of the request, in their wire form. */
  readonly messages: readonly ChatCompletionMessage[];
  /** As far as it came; empty if there is none. */
  readonly reply: string;
  /** The model that wrote the reply, where it said so. */
  readonly model?: string;
  /** The reply did not come to its end. */
  readonly isCut: boolean;
  /** The reply's file is there: nobody writes into this turn any more. */
  readonly isWhole: boolean;
  /** Instead of all that: what is stored of older turns. */
  readonly packed?: readonly StoredMessage[];
  /** Names of its files. */
  readonly files: readonly string[];
}

type Read = (file: RoomFile) => Promise<JsonObject | undefined>;

/** The newest stamp of what counts as a change of the room; undefined for no files. */
export function newestStamp(found: readonly RoomFile[]): Stamp | undefined {
  const changes = found.filter(({ kind }) => kind === 'room' || kind === 'asked' || kind === 'pack');
  return (changes.length > 0 ? changes : found).reduce<Stamp | undefined>(
    (newest, { stamp }) => (newest === undefined || stamp > newest ? stamp : newest),
    undefined,
  );
}

/** Reads a room's name and metadata. A room whose every such file is torn keeps its turns, without a name. */
export async function readHead(
  id: string,
  found: readonly RoomFile[],
  read: Read,
): Promise<LocalRoom | undefined> {
  const heads = found.filter(({ kind }) => kind === 'room');
  const versions = heads.map(({ name }) => name);
  const updatedAt = found.reduce((newest, { time }) => Math.max(newest, time), 0);
  for (const file of heads.toSorted((a, b) => (a.stamp < b.stamp ? 1 : -1))) {
    const value = await read(file);
    const [name, createdAt] = [value?.['name'], numberOf(value?.['createdAt'])];
    if (typeof name !== 'string' || createdAt === undefined) continue;
    const metadata = isObject(value?.['metadata']) ? value['metadata'] : {};
    const origin = readOrigin(value?.['origin']);
    return { id, name, metadata, createdAt, updatedAt, versions, ...(origin && { origin }) };
  }
  const turns = found.filter(({ kind }) => kind === 'asked' || kind === 'pack');
  if (turns.length === 0) return undefined;
  const createdAt = turns.reduce((oldest, { time }) => Math.min(oldest, time), updatedAt);
  return { id, name: '', metadata: {}, createdAt, updatedAt, versions };
}

function readOrigin(value: unknown): LocalRoom['origin'] {
  if (!isObject(value)) return undefined;
  const [id, kind] = [textOf(value['id']), textOf(value['kind'])];
  return id !== undefined && kind !== undefined ? { id, kind } : undefined;
}

/** `leftovers` gets files that others replace: their host was killed before it removed them. */
export async function readTurns(
  found: readonly RoomFile[],
  read: Read,
  leftovers: string[],
  width: number,
): Promise<LocalTurn[]> {
  const packs = found
    .filter(isPack)
    .toSorted((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : a.number - b.number));
  const values = await boundedMap(packs, width, async (file) => readPack(file, await read(file)));
  const covered = new Set(values.flatMap((pack) => pack?.covers ?? []));
  const byStamp = new Map<Stamp, RoomFile[]>();
  for (const file of found) {
    if (file.kind === 'room' || isPack(file)) continue;
    if (covered.has(file.stamp)) leftovers.push(file.name);
    else byStamp.set(file.stamp, [...(byStamp.get(file.stamp) ?? []), file]);
  }
  const stamps = [...byStamp].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const loose = await boundedMap(stamps, width, ([stamp, all]) => readTurn(stamp, all, read, leftovers));
  // A pack holds the oldest turns: one that came late, from a clock that is behind, was not among them.
  return [...values.flatMap((pack) => pack?.turn ?? []), ...loose];
}

function isPack({ kind }: RoomFile): boolean {
  return kind === 'pack' || kind === 'past';
}

function readPack({ stamp, time, name }: RoomFile, value: JsonObject | undefined) {
  const messages = value?.['messages'];
  if (!Array.isArray(messages)) return undefined;
  const covers = Array.isArray(value?.['turns']) ? value['turns'] : [];
  const packed = messages.filter(isStoredMessage);
  const turn: LocalTurn = {
    stamp,
    time,
    messages: [],
    reply: '',
    isCut: false,
    isWhole: true,
    packed,
    files: [name],
  };
  return { covers: covers.filter((covered) => typeof covered === 'string'), turn };
}

async function readTurn(
  stamp: Stamp,
  all: readonly RoomFile[],
  read: Read,
  leftovers: string[],
): Promise<LocalTurn> {
  const ordered = all.toSorted((a, b) => a.number - b.number);
  const valuesOf = async (kind: FileKind) => {
    const values = await Promise.all(ordered.filter((file) => file.kind === kind).map(read));
    return values.filter((value) => value !== undefined);
  };
  const messages = (await valuesOf('asked')).at(-1)?.['messages'];
  const reply = (await valuesOf('reply')).at(-1);
  const whole = reply?.['text'];
  const isWhole = typeof whole === 'string';
  if (isWhole) leftovers.push(...ordered.flatMap(({ kind, name }) => (kind === 'part' ? name : [])));
  const model = textOf(reply?.['model']);
  return {
    stamp,
    time: all[0]?.time ?? 0,
    messages: Array.isArray(messages) ? messages.filter(isMessage) : [],
    reply: isWhole
      ? whole
      : joinPieces((await valuesOf('part')).flatMap((value) => keptPieceOf(value) ?? [])),
    ...(model !== undefined && { model }),
    isCut: !isWhole || reply?.['isCut'] === true,
    isWhole,
    files: ordered.map(({ name }) => name),
  };
}
