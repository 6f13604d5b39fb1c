import { ApiError } from '../api/apiError.ts';
import type { ChatroomOperations } from '../api/endpoint.ts';
import { wasSleptThrough } from '../api/sleep.ts';
import { pause } from './clock.ts';
import type { Clock } from './deltaBatcher.ts';
import { readRoom } from './roomMessages.ts';
import { findTurn, isMore, type RoomTurn } from './roomTurn.ts';
import type { TurnRecord } from './turns.ts';

/** A turn whose reply may be in its room, or may come there. */
export interface AwaitedReply {
  readonly chatrooms: Pick<ChatroomOperations, 'listMessages'>;
  readonly room: string;
  readonly record: TurnRecord;
  /** The journal's turns of the room. */
  readonly records: readonly TurnRecord[];
  /** What has come of the reply. */
  readonly partial: string;
  /** The server may still be writing it: it is waited for. */
  readonly isFresh: boolean;
  /** The room may hold a reply that is still being written. One on this machine marks what is not whole. */
  readonly mayGrow: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** What the room was last seen to have of the turn. */
export interface FoundReply {
  /** Missing: the room could not be read. */
  readonly isHeld?: boolean;
  /** The whole reply; missing: the room has no more of it than has come. */
  readonly reply?: string;
}

/** Milliseconds before each look; the last one again and again. */
const pauses = [0, 1000, 1000, 1000, 2000, 3000, 4000, 5000] as const;
/** A reply counts as whole once it has not grown for so long, in milliseconds: servers store it as it comes, in steps. */
const settledAfter = 2500;
/** For each page: a long room has many. */
const longestPage = 10_000;
/** However fast a reply may grow in the room. */
const longestWait = 120_000;
/** How long to look on, in milliseconds, after what was last seen has changed. */
const patience = {
  /** The server works at it, or cannot be reached. */
  open: 15_000,
  /** The server stored what it had sent, or nothing of a turn that it had begun to answer. */
  doubtful: 7000,
  /** Nothing says that the server ever got the prompt. */
  lacking: 4000,
} as const;
/** Statuses after which another look finds nothing else. */
const final: ReadonlySet<ApiError['kind']> = new Set([
  'notFound',
  'unauthorized',
  'forbidden',
  'badRequest',
  'missingCredential',
]);

/** Reads the room until it has the whole reply, or until it is no longer to be expected. Rejects only with an abort. */
export async function awaitReply(input: AwaitedReply): Promise<FoundReply> {
  const { clock, partial, mayGrow, signal } = input;
  let begun = clock.now();
  let changed = begun;
  let seen: RoomTurn | undefined;
  for (let look = 0; clock.now() - begun < longestWait; look += 1) {
    const length = pauses[Math.min(look, pauses.length - 1)] ?? 0;
    const slept = await pauseOrSleep(clock, length, signal);
    begun += slept;
    // The network takes a moment to come back, too.
    if (slept > 0) changed = clock.now();
    const found = await lookOnce(input);
    if (found === 'final') break;
    if (found) {
      const isSame = found.reply === seen?.reply && found.isHeld === seen?.isHeld;
      if (!isSame) changed = clock.now();
      seen = found;
      const isSettled = !mayGrow || clock.now() - changed >= settledAfter;
      if (isSettled && isMore(found.reply, partial)) return { isHeld: true, reply: found.reply };
    }
    if (clock.now() - changed >= patienceFor(seen, input)) break;
  }
  return seen ? { isHeld: seen.isHeld } : {};
}

/** Returns for how long the machine slept meanwhile, in milliseconds: nothing can come then. */
async function pauseOrSleep(clock: Clock, length: number, signal: AbortSignal | undefined): Promise<number> {
  const begun = clock.now();
  await pause(clock, length, signal);
  const over = clock.now() - begun - length;
  return wasSleptThrough(over) ? over : 0;
}

function patienceFor(seen: RoomTurn | undefined, { partial, isFresh }: AwaitedReply): number {
  if (isMore(seen?.reply, partial)) return patience.open;
  if (!isFresh) return 0;
  if (!seen || (seen.isHeld && seen.reply === undefined)) return patience.open;
  return seen.isHeld || partial !== '' ? patience.doubtful : patience.lacking;
}

/** What the room has; undefined: it could not be read this time. */
async function lookOnce(input: AwaitedReply): Promise<RoomTurn | 'final' | undefined> {
  const { chatrooms, room, record, records, clock, signal } = input;
  const listMessages: ChatroomOperations['listMessages'] = async (id, query) => {
    const late = new AbortController();
    const cancel = clock.after(longestPage, () => late.abort());
    const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    return await chatrooms.listMessages(id, query, { signal: either }).finally(cancel);
  };
  try {
    return await findTurn(await readRoom({ listMessages }, room), record, records);
  } catch (error) {
    signal?.throwIfAborted();
    return error instanceof ApiError && final.has(error.kind) ? 'final' : undefined;
  }
}
