/** Prompts of a room, and of other rooms, that the history goes back to. */
const mostPrompts = 100;
/** Code units of all of them: prompts can be as long as files. */
const mostText = 500_000;

/**
 * The prompts that a composer can go back to, the newest last: those of the room, and before them, so that they are
 * reached later, those that this window sent elsewhere. None follows itself.
 */
export function promptHistory(ofRoom: readonly string[], ofWindow: readonly string[]): string[] {
  const own = new Set(ofRoom);
  const others = ofWindow.filter((prompt) => !own.has(prompt));
  const all = [...others.slice(-mostPrompts), ...ofRoom.slice(-mostPrompts)]
    .filter((prompt) => prompt.trim() !== '')
    .filter((prompt, i, prompts) => prompt !== prompts[i - 1]);
  let length = 0;
  const from = all.findLastIndex((prompt) => (length += prompt.length) > mostText) + 1;
  return all.slice(from);
}

/** The prompts that a window sent, as far as its history goes back. They are kept nowhere else. */
export class SentPrompts {
  #prompts: readonly string[] = [];

  get all(): readonly string[] {
    return this.#prompts;
  }

  add(prompt: string): void {
    this.#prompts = [...this.#prompts.filter((known) => known !== prompt), prompt].slice(-mostPrompts);
  }
}
