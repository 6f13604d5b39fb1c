/** What decides when an answer that grows is drawn again. Milliseconds, as `performance.now()` counts them. */
export interface RenderTimes {
  readonly now: number;
  /** The last key; `-Infinity`: there was none. */
  readonly key: number;
  /** When a frame last began that shows the keys before it. */
  readonly shown: number;
  /** The last time it was drawn. */
  readonly drawn: number;
  /** Since when there is something to draw. */
  readonly asked: number;
}

/** After a key so long ago nobody is typing. */
const typingEnds = 250;
/** A frame is over. */
const frame = 4;
/** Between two keys there is time for one drawing in most such spans. */
const leastPause = 100;
const longestWait = 300;

/** When to draw: at once, but while a person types seldom and between the keys, so that no key waits for it. */
export function drawingTime({ now, key, shown, drawn, asked }: RenderTimes): number {
  if (now - key >= typingEnds) return now;
  const due = Math.max((shown < key ? now : shown) + frame, drawn + leastPause);
  // Whoever holds a key down sees the answer too.
  return Math.max(now, Math.min(due, asked + longestWait));
}
