import type { Journal, TurnPatch } from './journal.ts';
import type { TurnOutcome, TurnRecord } from './turns.ts';

/** The journal's side of one running turn. A journal that fails never takes the answer with it. */
export interface TurnLog {
  /** Writes the turn; false if that failed. */
  begin(record: TurnRecord): Promise<boolean>;
  /** The room is known, or another one than before. */
  moveTo(room: string): Promise<void>;
  note(patch: TurnPatch): Promise<void>;
  /** `held`: the server has the prompt, so its text leaves the journal. A refused turn without a room leaves it whole. */
  end(outcome: TurnOutcome, held: boolean): Promise<void>;
}

/** Starts the log of one turn; `onError` hears what the journal could not do. */
export function createTurnLog(journal: Journal, turn: string, onError: (error: unknown) => void): TurnLog {
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
    end: async (outcome, held) => {
      // Neither room nor server knows the turn: nothing of it is worth keeping.
      if (outcome === 'refused' && room === undefined) await attempt(journal.discard(turn));
      else await note({ outcome, ...(held && { prompt: undefined }) });
    },
  };
}
