import type { ChatroomOperations } from '../../api/endpoint.ts';
import type { ChatMessage } from '../../api/wire.ts';
import { oldestMessagesFirst } from '../messageOrder.ts';

/** Messages of a page, as many as a server gives at most. */
export const pageSize = 100;
/** A server may give fewer messages a page than asked for, but none is known that gives fewer than this. */
const leastPage = 20;
/** Places that are looked at together: a round trip takes longer than the look. */
const looks = 7;

/** No room has so many; some servers may take an offset beyond the end for the end. */
const mostMessages = 10_000_000;

/** The end of a room was found. Positions count from 0, oldest first, however the server lists. */
export interface RoomPages {
  readonly total: number;
  /** Messages from a position on, oldest first; fewer if the room has become shorter. */
  read(from: number, to: number, signal?: AbortSignal): Promise<ChatMessage[]>;
  /** The same with more messages at the end. */
  grown(total: number): RoomPages;
  /** Messages at the end: at least `overlap` known ones, and up to a page of new ones. */
  readEnd(overlap: number, signal?: AbortSignal): Promise<ChatMessage[]>;
}

/**
 * Finds out how many messages a room has, which no API tells, and in which order they are listed. Copes with servers
 * that ignore `offset` or cap `limit`. `first` are the oldest or newest that were read on the way. Throws `ApiError`.
 */
export async function openRoomPages(
  chatrooms: Pick<ChatroomOperations, 'listMessages'>,
  room: string,
  signal?: AbortSignal,
): Promise<{ readonly pages: RoomPages; readonly whole?: readonly ChatMessage[] }> {
  const list = (offset: number, limit: number, stop?: AbortSignal) =>
    chatrooms.listMessages(room, { limit, offset }, stop ? { signal: stop } : {});
  const first = await list(0, pageSize, signal);
  const known = new Set(first.map(({ id }) => id));
  const exists = async (offset: number) => {
    const [found] = await list(offset, 1, signal);
    return found !== undefined && !known.has(found.id);
  };
  const isAll = first.length < leastPage || !(await exists(first.length));
  const total = isAll ? first.length : await findTotal(first.length, exists);
  const pages = createPages(list, total, isNewestFirst(first));
  return isAll ? { pages, whole: oldestMessagesFirst(first) } : { pages };
}

/** `known`: there is a message at this position. */
async function findTotal(known: number, exists: (offset: number) => Promise<boolean>): Promise<number> {
  let there = known;
  let missing = Number.POSITIVE_INFINITY;
  while (missing - there > 1) {
    // It answers with a message wherever one looks.
    if (there > mostMessages) return known;
    const step = Number.isFinite(missing) ? Math.ceil((missing - there) / (looks + 1)) : 0;
    const places = Array.from({ length: looks }, (_, i) =>
      step === 0 ? there * 2 ** (i + 1) : there + step * (i + 1),
    ).filter((place) => place < missing);
    const found = await Promise.all(places.map(exists));
    const gap = found.indexOf(false);
    if (gap !== -1) missing = places[gap] ?? missing;
    there = gap === 0 ? there : (places[(gap === -1 ? places.length : gap) - 1] ?? there);
  }
  return there + 1;
}

function createPages(
  list: (offset: number, limit: number, stop?: AbortSignal) => Promise<ChatMessage[]>,
  total: number,
  newestFirst: boolean,
): RoomPages {
  async function raw(offset: number, count: number, signal?: AbortSignal): Promise<ChatMessage[]> {
    const messages = new Map<string, ChatMessage>();
    while (messages.size < count) {
      const before = messages.size;
      const found = await list(offset + before, Math.min(pageSize, count - before), signal);
      for (const message of found) messages.set(message.id, message);
      if (messages.size === before) break;
    }
    return [...messages.values()];
  }
  return {
    total,
    read: async (from, to, signal) =>
      newestFirst ? (await raw(total - to, to - from, signal)).toReversed() : raw(from, to - from, signal),
    grown: (more) => createPages(list, more, newestFirst),
    readEnd: async (overlap, signal) =>
      newestFirst
        ? (await raw(0, pageSize + overlap, signal)).toReversed()
        : raw(Math.max(0, total - overlap), pageSize + overlap, signal),
  };
}

function isNewestFirst(messages: readonly ChatMessage[]): boolean {
  const [first, last] = [messages[0], messages.at(-1)].map((message) =>
    Date.parse(message?.created_at ?? ''),
  );
  return Number(first) > Number(last);
}
