import { ApiError } from '../api/apiError.ts';
import type { RequestOptions } from '../api/connection.ts';
import type { ChatroomOperations, Endpoint, ListQuery } from '../api/endpoint.ts';
import { readMessages } from '../api/resources.ts';
import { pathSegment } from '../api/url.ts';
import type { ChatCompletionChunk, ChatMessage, ChatRoom } from '../api/wire.ts';
import type { ChatCompletionMessage, ChatCompletionRequest } from '../api/wireRequest.ts';
import { joinUserMessages } from './joinedMessages.ts';
import type { FileStore } from './journal.ts';
import {
  createLocalRoomFiles,
  isLocalRoomId,
  type LocalRoom,
  type LocalTurn,
  type Stamp,
} from './localRoomFiles.ts';
import { recordLocalTurn } from './localTurn.ts';

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
  /** Hears what of an answered turn could not be stored; the answer goes on. */
  readonly onError?: (error: unknown) => void;
}

/** What a list holds at most, as on the server (wire contract A5). */
const longestList = 100;

/**
 * Chatrooms for connections that have none on the server. Unknown rooms throw `ApiError` as there; a disk that fails
 * rejects with its own error, except while an answer comes.
 */
export function createLocalChatrooms(input: LocalChatroomsInput): ChatroomOperations {
  const { now = Date.now, onError = () => undefined } = input;
  const store = createLocalRoomFiles(input.files, input.connection);
  const newStamp = createStamps(input.writer, now);

  async function open(id: string): Promise<LocalRoom> {
    const room = isKnownForm(id) ? await store.room(id) : undefined;
    if (room) return room;
    const details = { status: 404, mayHaveBeenAccepted: false };
    throw new ApiError('notFound', 'There is no such chatroom on this machine.', details);
  }

  async function openTurns(id: string): Promise<{ room: LocalRoom; turns: LocalTurn[] }> {
    const turns = isKnownForm(id) ? await store.turns(id) : [];
    // Looked for last: a room that is still there had all its turns a moment ago.
    return { turns, room: await open(id) };
  }

  async function writeRoom(id: string, after: number, head: Head): Promise<ChatRoom> {
    const stamp = newStamp(after);
    await store.write(id, 'room', stamp, 0, { ...head });
    return toChatRoom({ id, ...head, updatedAt: timeOf(stamp) });
  }

  async function matches({ id, name }: LocalRoom, search: string): Promise<boolean> {
    if (hasText(name, search)) return true;
    return messagesOf(await store.turns(id)).some(({ text }) => hasText(text, search));
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
      now,
      onError,
    });
    let isWhole = false;
    try {
      const messages = joinUserMessages([...toSend(turns), ...request.messages]);
      for await (const chunk of input.streamChatCompletion({ ...request, messages }, options)) {
        recorder.add(chunk);
        yield chunk;
      }
      isWhole = true;
    } finally {
      await recorder.end(isWhole);
    }
  }

  return {
    list: async (query, options) => {
      const found: LocalRoom[] = [];
      for (const room of (await store.rooms()).toSorted((a, b) => b.updatedAt - a.updatedAt)) {
        options?.signal?.throwIfAborted();
        // One room's texts at a time: they may be long.
        if (await matches(room, query.search ?? '')) found.push(room);
      }
      return page(found, query).map(toChatRoom);
    },
    create: async ({ name = '', metadata = {} }, options) => {
      options?.signal?.throwIfAborted();
      const id = `local_${crypto.randomUUID().replaceAll('-', '')}`;
      return await writeRoom(id, 0, { name: name.trim(), metadata, createdAt: now() });
    },
    rename: async (id, name) => {
      const { metadata, createdAt, updatedAt, versions } = await open(id);
      const renamed = await writeRoom(id, updatedAt, { name: name.trim(), metadata, createdAt });
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
      const { search = '' } = query;
      return page(search === '' ? found : found.filter(({ text }) => hasText(text, search)), query);
    },
    streamChatCompletion,
  };
}

/** Throws for ids that are refused on the way to a server too. */
function isKnownForm(id: string): boolean {
  return pathSegment(id) === id && isLocalRoomId(id);
}

type Head = Pick<LocalRoom, 'name' | 'metadata' | 'createdAt'>;

/** Gives every stamp a later time than the ones before, and than `after`. */
function createStamps(writer: string, now: () => number): (after: number) => Stamp {
  // A window may open the rooms of a connection more than once.
  const author = `${writer}-${crypto.randomUUID().slice(0, 8)}`;
  let last = 0;
  return (after) => {
    last = Math.max(now(), last + 1, after + 1);
    return `${String(last).padStart(15, '0')}.${author}`;
  };
}

function timeOf(stamp: Stamp): number {
  return Number(stamp.slice(0, stamp.indexOf('.')));
}

function toChatRoom({ id, name, metadata, createdAt, updatedAt }: Omit<LocalRoom, 'versions'>): ChatRoom {
  return {
    id,
    name,
    metadata: { ...metadata },
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}

function page<T>(found: readonly T[], { limit = 20, offset = 0 }: ListQuery): T[] {
  return found.slice(offset, offset + Math.min(limit, longestList));
}

function hasText(text: string, search: string): boolean {
  return text.toLowerCase().includes(search.toLowerCase());
}

/** What the room says to the model: what the system says comes first, once, also if two windows began the room. */
function toSend(turns: readonly LocalTurn[]): ChatCompletionMessage[] {
  const all = turns.flatMap(({ messages, reply }) => [...messages, ...replyMessage(reply)]);
  const system = all.filter(isSystem).map((message) => [JSON.stringify(message), message] as const);
  return [...new Map(system).values(), ...all.filter((message) => !isSystem(message))];
}

function isSystem({ role }: ChatCompletionMessage): boolean {
  return role === 'system' || role === 'developer';
}

function replyMessage(reply: string): ChatCompletionMessage[] {
  return reply === '' ? [] : [{ role: 'assistant', content: reply }];
}

/** As a server lists them. Turns do not mix: a reply follows its prompt even if another window asked in between. */
function messagesOf(turns: readonly LocalTurn[]): ChatMessage[] {
  let last = 0;
  const partial = new Set(turns.flatMap(({ stamp, isWhole }) => (isWhole ? [] : `msg_${stamp}.reply`)));
  const messages = turns.flatMap(({ stamp, time, messages: asked, reply }) => {
    const entries = [
      ...asked.map((message, index) => ({ ...message, id: `msg_${stamp}.${index}` })),
      ...replyMessage(reply).map((message) => ({ ...message, id: `msg_${stamp}.reply` })),
    ];
    return entries.map((entry) => {
      last = Math.max(time, last + 1);
      return { ...entry, created_at: new Date(last).toISOString() };
    });
  });
  return (readMessages({ messages }) ?? []).map((message) =>
    partial.has(message.id) ? { ...message, isPartial: true } : message,
  );
}
