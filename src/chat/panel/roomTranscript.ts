import type { ChatroomOperations } from '../../api/endpoint.ts';
import type { ChatMessage } from '../../api/wire.ts';
import { isOfTurn, type MessageTurn, messageTurns, startsTurn } from '../messageTurns.ts';
import { openRoomPages, pageSize, type RoomPages } from './roomPages.ts';

/** Rooms with fewer messages are read whole at once. */
const wholeAtOnce = 300;
/** What is shown first of a longer one, in messages. */
const endLength = 150;
/** Known messages that are read again to see whether the room went on from them. */
const overlapLength = 12;
/** Code units of messages that are kept beside the newest ones. */
const mostKept = 8_000_000;
/** Pages that are read at once. */
const width = 4;

/** The turns of a chatroom, read page by page; positions are those of turns, oldest first. */
export interface RoomTranscript {
  /** How many turns are known: those of the end until `complete` was called. */
  readonly count: number;
  /** The whole room was looked at. */
  readonly isWhole: boolean;
  /** Reads the end, and the whole room if it is short. Throws `ApiError`, or a `StorageError` for a local one. */
  open(signal?: AbortSignal): Promise<void>;
  /** Looks at the rest. Until then positions count from the first turn of the end. */
  complete(signal?: AbortSignal): Promise<void>;
  /** Reads what has come since; everything anew if the room went another way. */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Turns by their position; from the server where they are no longer kept. */
  turns(first: number, count: number, signal?: AbortSignal): Promise<MessageTurn[]>;
  /** The turns at the end of which everything is kept, without asking anybody. */
  keptEnd(): MessageTurn[];
}

/** Nothing is read before `open`. */
export function createRoomTranscript(
  chatrooms: Pick<ChatroomOperations, 'listMessages'>,
  room: string,
): RoomTranscript {
  let pages: RoomPages | undefined;
  let isWhole = false;
  /** Positions of the messages that begin a turn. */
  let starts: number[] = [];
  /** Messages by the number of their page; the order is that of their last use. */
  const kept = new Map<number, ChatMessage[]>();

  function keep(from: number, messages: readonly ChatMessage[]): void {
    messages.forEach((message, i) => {
      const number = Math.floor((from + i) / pageSize);
      const page = kept.get(number) ?? [];
      page[(from + i) % pageSize] = message;
      kept.set(number, page);
    });
  }

  function letGo(): void {
    const last = Math.floor(Math.max(0, (pages?.total ?? 0) - 1) / pageSize);
    let length = [...kept.values()].flat().reduce((sum, { text }) => sum + text.length, 0);
    for (const [number, page] of kept) {
      if (length <= mostKept) return;
      if (number >= last - 1) continue;
      kept.delete(number);
      length -= page.reduce((sum, { text }) => sum + text.length, 0);
    }
  }

  /** Undefined: it is not kept whole. */
  function keptRange(from: number, to: number): ChatMessage[] | undefined {
    const found: ChatMessage[] = [];
    for (let at = from; at < to; at += 1) {
      const message = kept.get(Math.floor(at / pageSize))?.[at % pageSize];
      if (!message) return undefined;
      found.push(message);
    }
    return found;
  }

  async function range(from: number, to: number, signal?: AbortSignal): Promise<ChatMessage[]> {
    const known = keptRange(from, to);
    if (known || !pages) return known ?? [];
    const found = await pages.read(from, to, signal);
    keep(from, found);
    letGo();
    return found;
  }

  async function open(signal?: AbortSignal): Promise<void> {
    const opened = await openRoomPages(chatrooms, room, signal);
    pages = opened.pages;
    const { total } = pages;
    const isShort = total <= wholeAtOnce;
    const from = isShort ? 0 : total - endLength;
    const messages = opened.whole ?? (await opened.pages.read(from, total, signal));
    kept.clear();
    keep(from, messages);
    starts = startsIn(from, messages, isShort ? undefined : messages[0]);
    isWhole = isShort;
  }

  async function complete(signal?: AbortSignal): Promise<void> {
    if (!pages || isWhole) return undefined;
    const opened = pages;
    const { total } = opened;
    const found: number[] = [];
    let before: ChatMessage | undefined;
    for (let at = 0; at < total; at += pageSize * width) {
      const froms = Array.from({ length: width }, (_, i) => at + i * pageSize).filter((from) => from < total);
      const read = await Promise.all(
        froms.map((from) => opened.read(from, Math.min(total, from + pageSize), signal)),
      );
      // It was opened anew meanwhile, or went on.
      if (pages !== opened) return complete(signal);
      for (const [i, messages] of read.entries()) {
        const from = froms[i] ?? 0;
        found.push(...startsIn(from, messages, before));
        before = messages.findLast(isOfTurn) ?? before;
        keep(from, messages);
      }
      letGo();
    }
    starts = found;
    isWhole = true;
  }

  async function refresh(signal?: AbortSignal): Promise<void> {
    if (!pages) return open(signal);
    const overlap = Math.min(overlapLength, pages.total);
    const from = pages.total - overlap;
    const known = keptRange(from, pages.total) ?? [];
    const found = await pages.readEnd(overlap, signal);
    const at = found.findIndex(({ id }) => id === known[0]?.id);
    const again = at === -1 ? [] : found.slice(at);
    const isSame = overlap > 0 && known.every(({ id }, i) => again[i]?.id === id);
    // A whole page of new ones may not be all.
    if (!isSame || again.length >= pageSize) {
      const wasWhole = isWhole;
      await open(signal);
      if (wasWhole) await complete(signal);
      return;
    }
    pages = pages.grown(from + again.length);
    keep(from, again);
    const last = keptRange(Math.max(0, from - overlapLength), from)?.findLast(isOfTurn);
    const before = from === 0 ? undefined : (last ?? again[0]);
    starts = [...starts.filter((start) => start < from), ...startsIn(from, again, before)];
    letGo();
  }

  return {
    get count() {
      return starts.length;
    },
    get isWhole() {
      return isWhole;
    },
    open,
    complete,
    refresh,
    turns: async (first, count, signal) => {
      const from = starts[Math.max(0, first)];
      if (from === undefined || count <= 0) return [];
      return messageTurns(await range(from, starts[first + count] ?? pages?.total ?? 0, signal));
    },
    keptEnd: () => {
      const total = pages?.total ?? 0;
      let at = starts.length;
      while (at > 0 && keptRange(starts[at - 1] ?? 0, starts[at] ?? total)) at -= 1;
      return messageTurns(keptRange(starts[at] ?? total, total) ?? []);
    },
  };
}

/** Positions of the messages that begin a turn; `before` is the last part of a turn in front of them. */
function startsIn(from: number, messages: readonly ChatMessage[], before: ChatMessage | undefined): number[] {
  let previous = before;
  return messages.flatMap((message, i) => {
    const isStart = startsTurn(message, previous);
    if (isOfTurn(message)) previous = message;
    return isStart ? from + i : [];
  });
}
