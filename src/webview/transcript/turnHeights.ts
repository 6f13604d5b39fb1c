const guess = 180;

/** Heights of all turns in pixels: measured ones, and estimates for those never seen. */
export interface TurnHeights {
  readonly total: number;
  /** Of an unseen turn. */
  readonly estimate: number;
  top(index: number): number;
  height(index: number): number;
  /** The turn at a distance from the top. */
  indexAt(offset: number): number;
  /** Returns whether it is another height than before. */
  measure(index: number, height: number): boolean;
  resize(count: number): void;
  clear(): void;
}

/** Heights of no turn. */
export function createTurnHeights(): TurnHeights {
  let measured: (number | undefined)[] = [];
  let tops: number[] = [0];
  // `tops` is right up to this index.
  let valid = 0;
  let estimate: number | undefined;

  const guessed = (): number => {
    if (estimate !== undefined) return estimate;
    const known = measured.filter((height) => height !== undefined);
    if (known.length === 0) return guess;
    // Fixed by the first ones seen: an estimate that moves makes the scroll bar's thumb jump.
    estimate = Math.max(60, known.reduce((sum, height) => sum + height, 0) / known.length);
    valid = 0;
    return estimate;
  };
  const top = (index: number): number => {
    const unseen = guessed();
    for (; valid < index; valid++) tops[valid + 1] = (tops[valid] ?? 0) + (measured[valid] ?? unseen);
    return tops[index] ?? 0;
  };

  return {
    get total() {
      return top(measured.length);
    },
    get estimate() {
      return guessed();
    },
    top,
    height: (index) => measured[index] ?? guessed(),
    indexAt(offset) {
      let low = 0;
      let high = Math.max(0, measured.length - 1);
      top(measured.length);
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((tops[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    measure(index, height) {
      const before = measured[index];
      if (before !== undefined && Math.abs(before - height) < 0.05) return false;
      measured[index] = height;
      valid = Math.min(valid, index);
      return true;
    },
    resize(count) {
      const known = measured.length;
      measured.length = count;
      if (count > known) measured.fill(undefined, known);
      tops.length = count + 1;
      valid = Math.min(valid, count, known);
    },
    clear() {
      measured = [];
      tops = [0];
      valid = 0;
      estimate = undefined;
    },
  };
}
