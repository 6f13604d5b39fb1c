import type { Usage } from '../api/wire.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './deltaBatcher.ts';
import type { Journal, TurnPatch } from './journal.ts';
import { createReplyKeeper } from './replyKeeper.ts';
import type { TurnOutcome, TurnRecord } from './turns.ts';

/** The journal's side of one running turn. A journal that fails never takes the answer with it. */
export interface TurnLog {
  /** Writes the turn; false if that failed. */
  begin(record: TurnRecord): Promise<boolean>;
  /** The room is known, or another one than before. */
  moveTo(room: string): Promise<void>;
  note(patch: TurnPatch): Promise<void>;
  /** Keeps text of the reply while it grows; nobody waits for it. */
  addReply(text: string): void;
  /** `held`: the server has the prompt, so its text leaves the journal. A refused turn without a room leaves it whole. */
  end(outcome: TurnOutcome, held: boolean, usage?: Usage): Promise<void>;
}

/** How a turn is logged. */
export interface TurnLogInput {
  readonly journal: Journal;
  readonly turn: string;
  /** `false`: the chatroom keeps the reply itself while it grows. */
  readonly keepsReply: boolean;
  readonly clock?: Clock;
  /** Hears what the journal could not do. */
  readonly onError: (error: unknown) => void;
}

/** Starts the log of one turn. */
export function createTurnLog({
  journal,
  turn,
  keepsReply,
  clock = systemClock,
  onError,
}: TurnLogInput): TurnLog {
  const keeper = keepsReply
    ? createReplyKeeper((piece) => journal.addReply(turn, piece), clock, onError)
    : undefined;
  let room: string | undefined;
  const attempt = async (work: Promise<void>): Promise<boolean> => {
    try {
      await work;
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  };
  const note = async (patch: TurnPatch) => {
    await attempt(journal.update(turn, room, patch));
  };
  return {
    begin: (record) => {
      room = record.room;
      return attempt(journal.begin(record));
    },
    moveTo: async (to) => {
      if (to === room) return;
      const from = room;
      room = to;
      await attempt(journal.bind(turn, from, to));
    },
    note,
    addReply: (text) => keeper?.add(text),
    end: async (outcome, held, usage) => {
      await keeper?.end(outcome !== 'answered');
      // Neither room nor server knows the turn: nothing of it is worth keeping.
      if (outcome === 'refused' && room === undefined) await attempt(journal.discard(turn));
      else await note({ outcome, ...(usage && { usage: kept(usage) }), ...(held && { prompt: undefined }) });
    },
  };
}

function kept({
  prompt_tokens: input,
  completion_tokens: output,
  cache_read_input_tokens: cached,
  total_cost: cost,
  total_tokens: total,
}: Usage): NonNullable<TurnRecord['usage']> {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: total,
    ...(cached !== undefined && { cache_read_input_tokens: cached }),
    ...(cost !== undefined && { total_cost: cost }),
  };
}
