import type { Clock } from '../../chat/deltaBatcher.ts';
import type { ToWebview } from '../../shared/panelMessages.ts';

/** Milliseconds that text is collected: a frame of the page, which draws no more often. */
const frame = 16;

/** Messages to a page: text in pieces of a frame at least, and everything in its order. */
export interface Outbox {
  push(message: ToWebview): void;
  /** Lets what waits go unsent: the page is gone, and the next one is told everything. */
  clear(): void;
}

type Delta = Extract<ToWebview, { type: 'textDelta' | 'reasoningDelta' }>;

/** Creates an outbox over a page's `postMessage`. */
export function createOutbox(post: (message: ToWebview) => void, clock: Clock): Outbox {
  let waiting: { readonly type: Delta['type']; readonly turn: string; readonly texts: string[] }[] = [];
  let cancel: (() => void) | undefined;
  let lastSent = Number.NEGATIVE_INFINITY;

  const clear = () => {
    cancel?.();
    cancel = undefined;
    waiting = [];
  };
  const flush = () => {
    const deltas = waiting;
    clear();
    if (deltas.length > 0) lastSent = clock.now();
    for (const { type, turn, texts } of deltas) post({ type, turn, text: texts.join('') });
  };
  return {
    clear,
    push(message) {
      if (message.type !== 'textDelta' && message.type !== 'reasoningDelta') {
        flush();
        post(message);
        return;
      }
      const { type, turn, text } = message;
      const last = waiting.at(-1);
      if (last?.type === type && last.turn === turn) last.texts.push(text);
      else waiting.push({ type, turn, texts: [text] });
      if (cancel) return;
      const rest = lastSent + frame - clock.now();
      if (rest <= 0) flush();
      else cancel = clock.after(rest, flush);
    },
  };
}
