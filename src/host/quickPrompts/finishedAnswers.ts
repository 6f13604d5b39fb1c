import type { CarriedTurn } from '../../chat/carried.ts';
import { keepLatest } from '../../chat/keepLatest.ts';

/** Answers that are kept, the oldest goes first. */
const most = 50;

/** A quick prompt with what was attached to it, its answer as far as it came, and its room. */
export interface FinishedAnswer extends CarriedTurn {
  /** `roomReference`; missing: no room has it. */
  readonly room?: string;
}

/** The last answers of this window, by the id of their quick prompt. */
export class FinishedAnswers {
  readonly #answers = new Map<string, FinishedAnswer>();

  add(id: string, answer: FinishedAnswer): void {
    this.#answers.set(id, answer);
    keepLatest(this.#answers, most);
  }

  /** The argument of a command is untrusted. */
  find(id: unknown): FinishedAnswer | undefined {
    return typeof id === 'string' ? this.#answers.get(id) : undefined;
  }
}
