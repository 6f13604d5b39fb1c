import type { L10n } from './l10n.ts';
import { seconds } from './limitText.ts';
import { escapeMarkdown } from './untrusted.ts';

/** With fewer pieces a short answer after a long thought looks the same. */
const fewestPieces = 20;

/** Nobody minds a shorter wait, in ms. */
const shortestWait = 1000;

/** Less time between two pieces than any model takes, in ms. */
const quickestPiece = 0.5;

/**
 * Whether a streamed reply was held back and came all at once, as through a proxy that buffers. `arrivals`: when each
 * piece came, in ms since the request went out, in order. Fewer than 20 pieces never tell.
 */
export function isBuffered(arrivals: readonly number[]): boolean {
  const [first = 0] = arrivals;
  const last = arrivals.at(-1) ?? first;
  return (
    arrivals.length >= fewestPieces &&
    first >= shortestWait &&
    last - first <= Math.min(first / 10, arrivals.length * quickestPiece)
  );
}

/** Says, as inert markdown, that a reply came all at once, and what helps. `arrivals` as for {@link isBuffered}. */
export function bufferedText(arrivals: readonly number[], connection: string, l10n: L10n): string {
  return l10n.t(
    'The answer of “{0}” came all at once after {1} s: a proxy or the server held it back. Have the proxy pass on event streams without buffering, or set “stream”: false for this connection and do without one.',
    escapeMarkdown(connection),
    seconds(arrivals[0] ?? 0),
  );
}

/** Watches the replies of one window. */
export interface BufferingWatch {
  /** Starts the clock of a request; the result takes each piece as it comes. */
  start(): ReplyClock;
}

/** Notes when the pieces of one reply come. */
export interface ReplyClock {
  /** A piece came just now. */
  piece(): void;
  /** What to say of the reply of `connection` when it has ended; once for each connection, otherwise `undefined`. */
  note(connection: string, l10n: L10n): string | undefined;
}

/** A watch that tells of each connection once. `now` in ms. */
export function createBufferingWatch(now: () => number = () => performance.now()): BufferingWatch {
  const told = new Set<string>();
  return {
    start() {
      const begin = now();
      const arrivals: number[] = [];
      return {
        piece: () => void arrivals.push(now() - begin),
        note(connection, l10n) {
          if (told.has(connection) || !isBuffered(arrivals)) return undefined;
          told.add(connection);
          return bufferedText(arrivals, connection, l10n);
        },
      };
    },
  };
}
