/** What the batcher needs of time; a test brings its own. */
export interface Clock {
  /** Milliseconds from any fixed point. */
  now(): number;
  /** Calls back once after so many milliseconds; the result cancels that. */
  after(ms: number, callback: () => void): () => void;
}

/** Collects deltas into batches. */
export interface DeltaBatcher {
  push(text: string): void;
  /** Writes what is left, at once. */
  flush(): void;
}

const shortest = 50;
const longest = 400;

/**
 * How long the next batch may collect, in milliseconds. The Chat view renders the whole answer anew with every
 * update, so updates get rarer with its length and with the rate at which it grows: 50 ms up to 4,000
 * characters, 250 ms from 40,000 characters or 4,000 characters a second, at most 400 ms.
 */
export function batchDelay(length: number, charactersPerSecond: number): number {
  if (length <= 4_000) return shortest;
  const byLength = shortest + ((length - 4_000) / 36_000) * 200;
  const byRate = shortest + (charactersPerSecond / 4_000) * 200;
  return Math.min(longest, Math.round(Math.max(byLength, byRate)));
}

/** Writes the first delta at once and later ones in batches that grow with the answer. */
export function createDeltaBatcher(write: (text: string) => void, clock: Clock): DeltaBatcher {
  let waiting: string[] = [];
  let cancel: (() => void) | undefined;
  let begun: number | undefined;
  let lastWrite = 0;
  let length = 0;

  const flush = () => {
    cancel?.();
    cancel = undefined;
    const text = waiting.join('');
    waiting = [];
    if (text === '') return;
    lastWrite = clock.now();
    write(text);
  };

  return {
    flush,
    push(text) {
      if (text === '') return;
      waiting.push(text);
      length += text.length;
      const now = clock.now();
      if (begun === undefined) {
        begun = now;
        flush();
      } else if (!cancel) {
        const rate = length / Math.max(0.05, (now - begun) / 1000);
        const rest = lastWrite + batchDelay(length, rate) - now;
        if (rest <= 0) flush();
        else cancel = clock.after(rest, flush);
      }
    },
  };
}
