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
/** What begins later after a key may be in the way of the next one. */
const gap = 30;
/** What comes meanwhile is drawn at once. */
const leastPause = 100;
const longestWait = 250;

/** When to draw: at once, but while a person types seldom, and right after the frame of a key, so that none waits for it. */
export function drawingTime({ now, key, shown, drawn, asked }: RenderTimes): number {
  if (now - key >= typingEnds) return now;
  const due = Math.max(now, (shown < key ? now : shown) + frame, drawn + leastPause);
  const isBetweenKeys = due - key <= gap;
  // Whoever holds a key down sees the answer too.
  return Math.max(now, Math.min(isBetweenKeys ? due : key + typingEnds, asked + longestWait));
}
