/** A turn that is being answered. */
interface RunningTurn {
  readonly stop: () => void;
  /** Ends the wait before the request goes out again, while there is one. */
  tryNow?: () => void;
}

/** The turns that are being answered in this window, for the commands that act on them. */
export class RunningTurns {
  readonly #turns = new Map<string, RunningTurn>();

  add(turn: string, stop: () => void): void {
    this.#turns.set(turn, { stop });
  }

  /** `stop`: only if the turn is still stopped by that. */
  remove(turn: string, stop?: () => void): void {
    if (stop === undefined || this.#turns.get(turn)?.stop === stop) this.#turns.delete(turn);
  }

  /** The turn waits; `tryNow` ends that. */
  waiting(turn: string, tryNow: () => void): void {
    const running = this.#turns.get(turn);
    if (running) running.tryNow = tryNow;
  }

  /** Stops one turn, or without an id all of them. Returns whether there was one. */
  stop(turn?: string): boolean {
    const found = [...this.#turns].filter(([id]) => turn === undefined || id === turn);
    for (const [, running] of found) running.stop();
    return found.length > 0;
  }

  /** Ends a turn's wait. Returns whether it was waiting or running. */
  tryNow(turn: string): boolean {
    const running = this.#turns.get(turn);
    running?.tryNow?.();
    return running !== undefined;
  }
}
