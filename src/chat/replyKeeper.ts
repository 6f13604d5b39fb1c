import type { Clock } from './deltaBatcher.ts';
import type { KeptPiece } from './keptPieces.ts';

/** Keeps a reply while it grows. Neither call ever throws or rejects. */
export interface ReplyKeeper {
  /** Takes the next text; the writing goes on in the background. */
  add(text: string): void;
  /** Ends the keeping; `isWanted` writes what is left. Resolves when nothing is being written any more. */
  end(isWanted: boolean): Promise<void>;
}

/** Pieces are this far apart, in milliseconds: what a killed host loses of a reply. */
const interval = 1000;

/** Writes the first text at once and then at most one piece a second; `onError` hears the first that failed. */
export function createReplyKeeper(
  write: (piece: KeptPiece) => Promise<void>,
  clock: Clock,
  onError: (error: unknown) => void,
): ReplyKeeper {
  let text = '';
  let kept = 0;
  let lastWrite: number | undefined;
  let cancel: (() => void) | undefined;
  let writing: Promise<void> | undefined;
  let hasEnded = false;
  let hasFailed = false;

  async function save(): Promise<void> {
    const piece = { from: kept, text: text.slice(kept) };
    lastWrite = clock.now();
    try {
      await write(piece);
      kept += piece.text.length;
    } catch (error) {
      // The next piece begins where this one did.
      if (!hasFailed) onError(error);
      hasFailed = true;
    }
  }

  function begin(): void {
    cancel = undefined;
    writing = save().finally(() => {
      writing = undefined;
      if (kept < text.length) schedule();
    });
  }

  function schedule(): void {
    if (hasEnded || writing || cancel) return;
    const rest = lastWrite === undefined ? 0 : lastWrite + interval - clock.now();
    if (rest <= 0) begin();
    else cancel = clock.after(rest, begin);
  }

  return {
    add(more) {
      if (more === '') return;
      text += more;
      schedule();
    },
    async end(isWanted) {
      hasEnded = true;
      cancel?.();
      await writing;
      if (isWanted && kept < text.length) await save();
    },
  };
}
