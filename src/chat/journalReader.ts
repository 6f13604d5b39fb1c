import type { Journal } from './journal.ts';
import type { TurnRecord } from './turns.ts';

/** What placing a turn reads of the journal. */
export type JournalReader = Pick<Journal, 'records' | 'find' | 'replies'>;

/**
 * Reads everything at most once, for the length of one turn's placing. What cannot be read counts as empty and
 * goes to `onError`: a journal that fails never takes the turn with it.
 */
export function readOnce(
  journal: JournalReader,
  onError: (error: unknown) => void = () => undefined,
): JournalReader {
  const rooms = new Map<string, Promise<TurnRecord[]>>();
  const prompts = new Map<string, Promise<TurnRecord[]>>();
  const once = (
    known: Map<string, Promise<TurnRecord[]>>,
    key: string,
    read: () => Promise<TurnRecord[]>,
  ): Promise<TurnRecord[]> => {
    const found =
      known.get(key) ??
      read().catch((error: unknown) => {
        onError(error);
        return [];
      });
    known.set(key, found);
    return found;
  };
  return {
    replies: async (turns) => {
      try {
        return await journal.replies(turns);
      } catch (error) {
        onError(error);
        return new Map();
      }
    },
    records: (room) => once(rooms, room, () => journal.records(room)),
    find: (promptHash, conversation) =>
      once(prompts, JSON.stringify([promptHash, conversation]), () => journal.find(promptHash, conversation)),
  };
}
