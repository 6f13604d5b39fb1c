import { ApiError } from '../api/apiError.ts';
import type { RequestOptions } from '../api/connection.ts';
import type { ChatroomOperations, Endpoint, ListQuery } from '../api/endpoint.ts';
import { pathSegment } from '../api/url.ts';
import type { ChatCompletionChunk, ChatMessage, ChatRoom } from '../api/wire.ts';
import type { ChatCompletionRequest } from '../api/wireRequest.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './deltaBatcher.ts';
import { joinUserMessages } from './joinedMessages.ts';
import type { FileStore } from './journal.ts';
import { listedMessages, messagesToSend, storedMessages } from './localMessages.ts';
import { createLocalRoomFiles, type RoomPlace } from './localRoomFiles.ts';
import { createStamps, isLocalRoomId, newLocalRoomId, timeOf } from './localRoomNames.ts';
import type { LocalRoom, LocalTurn } from './localRoomReading.ts';
import { recordLocalTurn } from './localTurn.ts';
import { StorageError } from './storageError.ts';

/** What local chatrooms are kept on and answered by. */
export interface LocalChatroomsInput {
  readonly files: FileStore;
  /** The connection's stateless completion. */
  readonly streamChatCompletion: Endpoint['streamChatCompletion'];
  /** Rooms of one connection only see each other. */
  readonly connection: string;
  /** Tells the files of this window from those of others; holds no full stop. */
  readonly writer: string;
  /** Milliseconds since 1970; the clock if missing. */
  readonly now?: () => number;
  /** Tells when a piece of a reply is to be kept; the system's if missing. */
  readonly clock?: Clock;
  /** Hears what of an answered turn could not be stored, and of rooms that a list leaves out; the rest goes on. */
  readonly onError?: (error: unknown) => void;
  /** Hears of rooms with a file that is no longer whole; it was moved to `~aside`. */
  readonly onTorn?: (room: string) => void;
}

/** What a list holds at most, as on the server (wire contract A5). */
const longestList = 100;
/** Rooms that a search looks into at once: their texts may be long. */
const searchWidth = 8;
/** Rooms whose names are read at once. */
const listWidth = 32;
/** So many whole turns become one file: a room of thousands would be as many reads for each prompt. */
const packSize = 64;
/** Turns that are packed after one answer, in a room where that could not be done for long. */
const mostPacked = 512;
/** A turn without a whole reply this long ago has none coming, in milliseconds. */
const abandonedAfter = 7 * 24 * 60 * 60 * 1000;

/**
 * Chatrooms for connections that have none on the server. Unknown rooms throw `ApiError` as there, rooms of a newer
 * version a `StorageError`; a disk that fails rejects with its own error, except while an answer comes.
 */
export function createLocalChatrooms(input: LocalChatroomsInput): ChatroomOperations {
  const { files, connection, now = Date.now, clock = systemClock, onError = () => undefined, onTorn } = input;
  const store = createLocalRoomFiles({ files, connection, now, ...(onTorn && { onTorn }) });
  const newStamp = createStamps(input.writer, now);
  const listings = new WeakMap<readonly LocalTurn[], readonly ChatMessage[]>();

  async function open(id: string): Promise<LocalRoom> {
    const room = isKnownForm(id) ? await store.room(id) : undefined;
    if (room) return room;
    const details = { status: 404, mayHaveBeenAccepted: false };
    throw new ApiError('notFound', 'There is no such chatroom on this machine.', details);
  }

  async function openTurns(id: string): Promise<{ room: LocalRoom; turns: readonly LocalTurn[] }> {
    const turns = isKnownForm(id) ? await store.turns(id) : [];
    // Looked for last: a room that is still there had all its turns a moment ago.
    return { turns, room: await open(id) };
  }

  async function writeRoom(id: string, after: number, head: Head): Promise<ChatRoom> {
    const stamp = newStamp(after);
    await store.write(id, 'room', stamp, 0, { ...head });
    return toChatRoom({ id, ...head, updatedAt: timeOf(stamp) });
  }

  /** The same array for the same turns: a reader turns many pages. */
  function messagesOf(turns: readonly LocalTurn[]): readonly ChatMessage[] {
    const messages = listings.get(turns) ?? listedMessages(storedMessages(turns));
    listings.set(turns, messages);
    return messages;
  }

  async function hasMessage({ id }: LocalRoom, search: string): Promise<boolean> {
    return messagesOf(await store.turns(id)).some(({ text }) => hasText(text, search));
  }

  /**
   * Rooms in order, from `at` on and as many as are wanted. Those that cannot be read are left out, unless that is all
   * of them.
   */
  async function take(
    places: readonly RoomPlace[],
    wanted: number,
    width: number,
    isWanted: (room: LocalRoom) => boolean | Promise<boolean>,
    signal: AbortSignal | undefined,
  ): Promise<LocalRoom[]> {
    const found: LocalRoom[] = [];
    let failed = 0;
    for (let at = 0; at < places.length && found.length < wanted; at += width) {
      signal?.throwIfAborted();
      const read = places.slice(at, at + width).map(async (place) => {
        try {
          const room = await store.roomAt(place);
          return room && (await isWanted(room)) ? room : undefined;
        } catch (error) {
          onError(error);
          // All rooms of a newer version are as good as none; all of them unreadable is the disk.
          if (!isNewer(error) && (failed += 1) === places.length) throw error;
          return undefined;
        }
      });
      found.push(...(await Promise.all(read)).filter((room) => room !== undefined));
    }
    return found.slice(0, wanted);
  }

  async function list({ limit = 20, offset = 0, search = '' }: ListQuery, options?: RequestOptions) {
    const places = await store.places();
    const signal = options?.signal;
    const wanted = Math.min(limit, longestList);
    if (search === '') {
      const rest = places.slice(offset);
      return (await take(rest, wanted, wanted, () => true, signal)).map(toChatRoom);
    }
    // By name first: that needs no look into the texts.
    const end = offset + wanted;
    const named = await take(places, end, listWidth, ({ name }) => hasText(name, search), signal);
    const others = places.filter(({ id }) => !named.some((room) => room.id === id));
    const texts = await take(
      others,
      end - named.length,
      searchWidth,
      (room) => hasMessage(room, search),
      signal,
    );
    return [...named, ...texts].slice(offset).map(toChatRoom);
  }

  /** Turns of windows that still write stay as they are, and all that came after them. */
  async function packOldest(id: string, turns: readonly LocalTurn[]): Promise<void> {
    // Packs come first.
    const first = turns.findIndex(({ packed }) => packed === undefined);
    const unfinished = turns.findIndex((turn, i) => i >= first && !isOver(turn, now()));
    const last = Math.min(unfinished === -1 ? turns.length : unfinished, first + mostPacked);
    for (let from = first; from >= 0 && from + packSize <= last; from += packSize) {
      const oldest = turns.slice(from, from + packSize);
      const before = storedMessages(turns.slice(0, from)).length;
      const messages = storedMessages(turns.slice(0, from + packSize)).slice(before);
      await store.pack(id, oldest, messages);
    }
  }

  async function* streamChatCompletion(
    id: string,
    request: ChatCompletionRequest,
    options?: RequestOptions,
  ): AsyncGenerator<ChatCompletionChunk, void, undefined> {
    const { room, turns } = await openTurns(id);
    options?.signal?.throwIfAborted();
    const recorder = recordLocalTurn({
      files: store,
      room: id,
      messages: request.messages,
      // A clock that went back must not put the turn before the ones it answers.
      newStamp: () => newStamp(room.updatedAt),
      clock,
      onError,
    });
    let isWhole = false;
    try {
      const messages = joinUserMessages([...messagesToSend(storedMessages(turns)), ...request.messages]);
      for await (const chunk of input.streamChatCompletion({ ...request, messages }, options)) {
        recorder.add(chunk);
        yield chunk;
      }
      isWhole = true;
    } finally {
      await recorder.end(isWhole);
      // A person who stops waits for no other turn's files.
      if (isWhole) await packOldest(id, turns).catch(onError);
    }
  }

  return {
    list,
    create: async ({ name = '', metadata = {} }, options) => {
      options?.signal?.throwIfAborted();
      return await writeRoom(newLocalRoomId(), 0, { name: name.trim(), metadata, createdAt: now() });
    },
    rename: async (id, name) => {
      const { metadata, createdAt, origin, updatedAt, versions } = await open(id);
      const head = { name: name.trim(), metadata, createdAt, ...(origin && { origin }) };
      const renamed = await writeRoom(id, updatedAt, head);
      await store.remove(id, versions);
      return renamed;
    },
    remove: async (id) => {
      const { updatedAt } = await open(id);
      await store.write(id, 'gone', newStamp(updatedAt), 0, {});
      await store.sweep(id);
    },
    listMessages: async (id, query) => {
      const found = messagesOf((await openTurns(id)).turns);
      const { search = '', limit = 20, offset = 0 } = query;
      const matching = search === '' ? found : found.filter(({ text }) => hasText(text, search));
      return matching.slice(offset, offset + Math.min(limit, longestList));
    },
    streamChatCompletion,
  };
}

/** Throws for ids that are refused on the way to a server too. */
function isKnownForm(id: string): boolean {
  return pathSegment(id) === id && isLocalRoomId(id);
}

type Head = Pick<LocalRoom, 'name' | 'metadata' | 'createdAt' | 'origin'>;

function toChatRoom({
  id,
  name,
  metadata,
  createdAt,
  updatedAt,
}: Head & Pick<LocalRoom, 'id' | 'updatedAt'>): ChatRoom {
  return {
    id,
    name,
    metadata: { ...metadata },
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}

function hasText(text: string, search: string): boolean {
  return text.toLowerCase().includes(search.toLowerCase());
}

/** Whether nobody writes into a turn any more. */
function isOver({ isWhole, time }: LocalTurn, now: number): boolean {
  return isWhole || now - time > abandonedAfter;
}

function isNewer(error: unknown): boolean {
  return error instanceof StorageError && error.fault === 'newerVersion';
}
