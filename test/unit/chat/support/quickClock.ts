import type { Clock } from '../../../../src/chat/deltaBatcher.ts';

/** A clock whose pauses are over at once and count all the same; `paused` hears of each, with the time after it. */
export function createQuickClock(paused: (now: number) => void = () => undefined): Clock {
  let time = 0;
  return {
    now: () => time,
    after: (ms, callback) => {
      // Limits are never reached: nothing takes that long here.
      if (ms >= 10_000) return () => undefined;
      const timer = setImmediate(() => {
        time += ms;
        paused(time);
        callback();
      });
      return () => clearImmediate(timer);
    },
  };
}

/** A clock that only moves when it is told to. */
export function createManualClock(): Clock & { advance(ms: number): void } {
  let time = 0;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => time,
    after: (ms, callback) => {
      const timer = { at: time + ms, callback };
      waiting.push(timer);
      return () => void (waiting = waiting.filter((other) => other !== timer));
    },
    advance: (ms) => {
      const end = time + ms;
      for (;;) {
        const [next] = waiting.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (!next) break;
        waiting = waiting.filter((timer) => timer !== next);
        time = next.at;
        next.callback();
      }
      time = end;
    },
  };
}
