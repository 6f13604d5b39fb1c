import type { Clock } from './deltaBatcher.ts';

/** The real clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after so many milliseconds. Rejects at once with what `signal` is aborted with. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const over = Promise.withResolvers<void>();
  const cancel = clock.after(ms, over.resolve);
  const stop = () => over.reject(signal?.reason);
  signal?.addEventListener('abort', stop);
  try {
    await over.promise;
  } finally {
    cancel();
    signal?.removeEventListener('abort', stop);
  }
}
