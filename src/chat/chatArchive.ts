import { isObject, type JsonObject, parseJson, textOf } from '../api/json.ts';
import type { StoredMessage } from './localMessages.ts';

/** One chatroom as an archive holds it: whole, with times in ISO 8601. */
export interface ArchiveRoom {
  readonly id: string;
  readonly name: string;
  /** Of the connection it was made with; nothing else of that is kept. */
  readonly kind: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly metadata: JsonObject;
  /** Oldest first. */
  readonly messages: readonly StoredMessage[];
}

/** Why a file is no archive that can be read. */
export type ArchiveProblem = 'notAnArchive' | 'damaged' | 'newerVersion' | 'tooDeep' | 'tooLarge';

/** An archive that was refused; `room` counts from 1. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly problem: ArchiveProblem;
  readonly room: number | undefined;

  constructor(problem: ArchiveProblem, room?: number) {
    super(`Archive: ${problem}`);
    this.problem = problem;
    this.room = room;
  }
}

const format = 'tachyon-chat-archive';
const version = 1;
/** Bytes of an archive that is read; a longer one can be written. */
export const longestArchive = 256 * 1024 * 1024;
/** Code units of a name or an id. */
const longestName = 1000;
/** What writes JSON goes down by recursion. */
const deepest = 64;
const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/**
 * The archive as a file's bytes: the same for the same rooms, in whatever order they come. An exact copy of a room is left
 * out; another room of the same id gets an id of its own.
 */
export function writeArchive(rooms: readonly ArchiveRoom[]): Uint8Array<ArrayBuffer> {
  const sorted = oldestFirst(withOwnIds(oldestFirst(rooms)));
  // Room by room: the whole as one string may be longer than a string can be.
  const encoder = new TextEncoder();
  const head = `{"format":${JSON.stringify(format)},"version":${version},"rooms":[`;
  const parts = sorted.map((room, i) => encoder.encode(`${i === 0 ? '' : ','}\n${textOfRoom(room)}`));
  const all = [encoder.encode(head), ...parts, encoder.encode('\n]}\n')];
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads an archive; its names and texts stay untrusted. Throws an `ArchiveError` if anything in it is wrong. */
export function parseArchive(bytes: Uint8Array): ArchiveRoom[] {
  if (bytes.length > longestArchive) throw new ArchiveError('tooLarge');
  const text = new TextDecoder().decode(bytes);
  const value = parseJson(text);
  if (!isObject(value) || value['format'] !== format) {
    throw new ArchiveError(text.slice(0, 200).includes(format) ? 'damaged' : 'notAnArchive');
  }
  const { version: found, rooms } = value;
  if (typeof found === 'number' && found > version) throw new ArchiveError('newerVersion');
  if (found !== version || !Array.isArray(rooms)) throw new ArchiveError('damaged');
  return withOwnIds(rooms.map((room: unknown, i) => readRoom(room, i + 1)));
}

function oldestFirst(rooms: readonly ArchiveRoom[]): ArchiveRoom[] {
  return rooms.toSorted(
    (a, b) =>
      compare(a.created_at, b.created_at) || compare(a.id, b.id) || compare(textOfRoom(a), textOfRoom(b)),
  );
}

/**
 * Rooms of several sources may have one id: two connections of one account, or an imported room and the server's. Exact
 * copies go, what differs is told apart by a number.
 */
function withOwnIds(rooms: readonly ArchiveRoom[]): ArchiveRoom[] {
  const kept = new Map<string, ArchiveRoom>();
  for (const room of rooms) {
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? room.id : `${room.id.slice(0, longestName - 10)}~${number}`;
      const other = kept.get(id);
      if (other && textOfRoom({ ...other, id: room.id }) === textOfRoom(room)) break;
      if (other) continue;
      kept.set(id, { ...room, id });
      break;
    }
  }
  return [...kept.values()];
}

function textOfRoom(room: ArchiveRoom): string {
  return JSON.stringify(inOrder(room));
}

/** The room with its fields in the archive's order, and without any other. */
function inOrder({ id, name, kind, created_at, updated_at, metadata, messages }: ArchiveRoom): ArchiveRoom {
  return { id, name, kind, created_at, updated_at, metadata, messages: messages.map(messageInOrder) };
}

function messageInOrder(stored: StoredMessage): StoredMessage {
  const { id, created_at, user_id, model, isPartial, message } = stored;
  return {
    id,
    created_at,
    ...(user_id !== undefined && { user_id }),
    ...(model !== undefined && { model }),
    ...(isPartial === true && { isPartial }),
    message,
  };
}

function readRoom(value: unknown, number: number): ArchiveRoom {
  const damaged = new ArchiveError('damaged', number);
  if (!isObject(value)) throw damaged;
  if (isTooDeep(value)) throw new ArchiveError('tooDeep', number);
  const { name, metadata, messages } = value;
  const [id, kind] = [textOf(value['id']), textOf(value['kind'])];
  const [created, updated] = [timeOf(value['created_at']), timeOf(value['updated_at'])];
  if (typeof name !== 'string' || id === undefined || kind === undefined) throw damaged;
  if ([id, kind, name].some((text) => text.length > longestName)) throw damaged;
  if (created === undefined || updated === undefined || !isObject(metadata)) throw damaged;
  if (!Array.isArray(messages) || !messages.every(isArchiveMessage)) throw damaged;
  if (new Set(messages.map((message) => message.id)).size < messages.length) throw damaged;
  return inOrder({ id, name, kind, created_at: created, updated_at: updated, metadata, messages });
}

function isArchiveMessage(value: unknown): value is StoredMessage {
  if (!isObject(value)) return false;
  const { id, created_at, isPartial = false, message } = value;
  const optional = [value['user_id'], value['model']];
  return (
    textOf(id) !== undefined &&
    timeOf(created_at) !== undefined &&
    optional.every((text) => text === undefined || typeof text === 'string') &&
    typeof isPartial === 'boolean' &&
    isObject(message) &&
    roles.has(String(message['role'])) &&
    isContent(message['content'])
  );
}

function isContent(content: unknown): boolean {
  return (
    content === undefined ||
    content === null ||
    typeof content === 'string' ||
    (Array.isArray(content) && content.every((part) => isObject(part) && typeof part['type'] === 'string'))
  );
}

/** The time as ISO 8601; undefined for what is none, or is out of the range that files are named for. */
function timeOf(value: unknown): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return time >= 0 && time < 253_402_300_800_000 ? new Date(time).toISOString() : undefined;
}

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
