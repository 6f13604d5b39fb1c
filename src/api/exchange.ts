import { wasSleptThrough } from './sleep.ts';

/** The life of one request and its response: a person's abort or a time limit ends it, whatever it is waiting for. */
export interface Exchange {
  /** For `fetch`. */
  readonly signal: AbortSignal;
  /** Throws what stopped the exchange, if something did. */
  throwIfStopped(): void;
  /** Settles as `promise` does, or rejects at once when the exchange is stopped. */
  orStopped<T>(promise: Promise<T>): Promise<T>;
  /** Ends the exchange with `reason`, which becomes the error of whoever waits. */
  stop(reason: unknown): void;
  /** Calls `listener` once when the exchange is stopped. */
  onStop(listener: (reason: unknown) => void): void;
  /** The outer signals no longer matter. */
  release(): void;
}

/** Starts an exchange that any of `signals` stops with its own reason, as `fetch` does. */
export function startExchange(signals: readonly (AbortSignal | null | undefined)[]): Exchange {
  // Not `AbortSignal.any`: its result stays tied to a signal that outlives many requests.
  const controller = new AbortController();
  const { signal } = controller;
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // If nobody waits for it just then, it must not count as an unhandled rejection.
  stopped.catch(() => undefined);
  const listeners: ((reason: unknown) => void)[] = [];
  const outer = signals.filter((candidate) => candidate !== null && candidate !== undefined);
  const stopByOuter = (): void => stop(outer.find((candidate) => candidate.aborted)?.reason);

  function release(): void {
    for (const candidate of outer) {
      candidate.removeEventListener('abort', stopByOuter);
    }
  }

  function stop(reason: unknown): void {
    if (signal.aborted) {
      return;
    }
    release();
    controller.abort(reason);
    for (const listener of listeners) {
      listener(reason);
    }
  }

  for (const candidate of outer) {
    candidate.addEventListener('abort', stopByOuter);
  }
  if (outer.some((candidate) => candidate.aborted)) {
    stopByOuter();
  }
  return {
    signal,
    throwIfStopped: () => signal.throwIfAborted(),
    orStopped: (promise) => Promise.race([promise, stopped]),
    stop,
    onStop: (listener) => void listeners.push(listener),
    release,
  };
}

/** The longest delay that a timer can wait; a longer one would fire at once. */
const longestDelay = 2 ** 31 - 1;

/**
 * Calls `action` after `delay` ms unless the returned function is called first; 0 or less is never. After a sleep of the
 * machine the delay begins anew: meanwhile nobody could have been faster.
 */
export function startTimer(delay: number, action: () => void): () => void {
  if (!(delay > 0)) {
    return () => undefined;
  }
  const length = Math.min(delay, longestDelay);
  let timer: ReturnType<typeof setTimeout>;
  const start = (): void => {
    const due = performance.now() + length;
    timer = setTimeout(() => (wasSleptThrough(performance.now() - due) ? start() : action()), length);
  };
  start();
  return () => clearTimeout(timer);
}
