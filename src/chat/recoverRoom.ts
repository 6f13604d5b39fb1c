import type { ConnectionKind } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';
import type { ChatroomOperations } from '../api/endpoint.ts';
import { awaitReply } from './awaitReply.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './deltaBatcher.ts';
import type { Journal } from './journal.ts';
import { isUnfinished, type TurnRecord } from './turns.ts';

/** A room whose turns are looked up, and the journal that knows them. */
export interface RoomToRecover {
  readonly room: string;
  /** The connection's. */
  readonly kind: ConnectionKind;
  readonly chatrooms: Pick<ChatroomOperations, 'listMessages'>;
  readonly journal: Journal;
  readonly clock?: Clock;
  /** The server may still be writing replies to prompts that are no older than a while: they are waited for. */
  readonly isFresh?: boolean;
  readonly signal?: AbortSignal;
}

/** What became of a turn whose end nobody had seen. */
export interface SettledTurn {
  /** As it was before. */
  readonly record: TurnRecord;
  /** The whole reply, which the room holds; missing: the turn is interrupted for good. */
  readonly reply?: string;
  /** What the journal keeps of an interrupted reply. */
  readonly partial?: string;
}

/**
 * Looks up the turns of a room that a killed host or a dead connection left without an outcome, and notes what became
 * of them. Those that `isRunning` are left alone, and those of a room that cannot be read. Rejects with an abort, or
 * with what the journal rejects with.
 */
export async function recoverRoom(
  input: RoomToRecover,
  isRunning: (turn: string) => boolean,
): Promise<SettledTurn[]> {
  const records = await input.journal.records(input.room);
  return settleTurns(
    input,
    records.filter((record) => isUnfinished(record) && !isRunning(record.turn)),
  );
}

/** How long a server may work at a reply that nobody reads, in milliseconds. */
const freshFor = 10 * 60 * 1000;

/** The same for these turns of the room. */
export async function settleTurns(
  input: RoomToRecover,
  turns: readonly TurnRecord[],
): Promise<SettledTurn[]> {
  const { room, kind, journal, clock = systemClock } = input;
  if (turns.length === 0) return [];
  const records = await journal.records(room);
  const kept = await journal.replies(turns.map(({ turn }) => turn));
  const settled: SettledTurn[] = [];
  for (const record of turns) {
    const partial = kept.get(record.turn) ?? '';
    const { hasChatrooms: mayGrow } = dialectOf(kind);
    const isYoung = Date.now() - Date.parse(record.askedAt) < freshFor;
    const isFresh = isYoung && input.isFresh === true;
    const awaited = { ...input, clock, record, records, partial, isFresh, mayGrow };
    const { isHeld, reply } = await awaitReply(awaited);
    if (isHeld === undefined) continue;
    const outcome = reply === undefined ? 'interrupted' : 'answered';
    await journal.update(record.turn, room, { outcome, ...(isHeld && { prompt: undefined }) });
    settled.push({
      record,
      ...(reply !== undefined && { reply }),
      ...(reply === undefined && partial !== '' && { partial }),
    });
  }
  return settled;
}
