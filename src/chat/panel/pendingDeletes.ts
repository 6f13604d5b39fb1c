import type { Clock } from '../deltaBatcher.ts';

/** How long a deletion can be undone, in milliseconds. */
const undoTime = 10_000;

/** Deletions that wait until nobody takes them back any more. */
export interface PendingDeletes {
  /** Runs `remove` when the time is over. */
  add(key: string, remove: () => Promise<void>): void;
  /** Returns whether there was something to take back. */
  undo(key: string): boolean;
  /** What can be taken back, the oldest first. */
  waiting(): string[];
  /** Milliseconds that are left; undefined: nothing waits. */
  remaining(key: string): number | undefined;
  /** The deletion was begun and is not to be seen any more, until it fails. */
  isGone(key: string): boolean;
  /** Begins all deletions at once. Resolves when none is under way. */
  flush(): Promise<void>;
}

interface Waiting {
  readonly end: number;
  readonly begin: () => void;
  readonly cancel: () => void;
}

/** `onChange` hears of each deletion that begins, succeeds or, with an error, fails. */
export function createPendingDeletes(
  clock: Clock,
  onChange: (key: string, error?: unknown) => void,
): PendingDeletes {
  const waiting = new Map<string, Waiting>();
  const running = new Map<string, Promise<void>>();
  const gone = new Set<string>();

  async function run(key: string, remove: () => Promise<void>): Promise<void> {
    try {
      await remove();
      onChange(key);
    } catch (error) {
      gone.delete(key);
      onChange(key, error);
    } finally {
      running.delete(key);
    }
  }

  return {
    add: (key, remove) => {
      if (waiting.has(key) || gone.has(key)) return;
      const begin = () => {
        waiting.get(key)?.cancel();
        waiting.delete(key);
        gone.add(key);
        onChange(key);
        running.set(key, run(key, remove));
      };
      waiting.set(key, { end: clock.now() + undoTime, begin, cancel: clock.after(undoTime, begin) });
    },
    undo: (key) => {
      waiting.get(key)?.cancel();
      return waiting.delete(key);
    },
    waiting: () => [...waiting.keys()],
    remaining: (key) => {
      const found = waiting.get(key);
      return found && Math.max(0, found.end - clock.now());
    },
    isGone: (key) => gone.has(key),
    flush: async () => {
      for (const { begin } of waiting.values()) begin();
      await Promise.all(running.values());
    },
  };
}
