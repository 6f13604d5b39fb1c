import type { CarriedTurn } from '../../chat/carried.ts';
import { keepLatest } from '../../chat/keepLatest.ts';
import type { AnswerPlace } from './answerSink.ts';

/** Answers that are kept, the oldest goes first. */
const most = 50;

/** A quick prompt with what was attached to it, its answer as far as it has come, and its room. */
export interface KeptAnswer extends CarriedTurn, Pick<AnswerPlace, 'title' | 'asked'> {
  reply: string;
  /** `roomReference`; missing: no room has it. */
  room?: string;
}

/** The last answers of this window, by the id of their quick prompt. */
export class KeptAnswers {
  readonly #answers = new Map<string, KeptAnswer>();

  /** Keeps an answer that is to come. */
  begin(id: string, asked: Omit<KeptAnswer, 'reply' | 'room'>): KeptAnswer {
    const answer = { ...asked, reply: '' };
    this.#answers.set(id, answer);
    keepLatest(this.#answers, most);
    return answer;
  }

  /** The argument of a command is untrusted. */
  find(id: unknown): KeptAnswer | undefined {
    return typeof id === 'string' ? this.#answers.get(id) : undefined;
  }
}
