import { closesFence, isUndecided, withoutIndent } from './fence.ts';
import type { Fence } from './fence.ts';
import { safeCut } from './textCut.ts';

/** What a reading of code took from the text. */
interface FenceReading {
  readonly code: string;
  /** How many characters of the text are done with. */
  readonly taken: number;
  readonly isClosed: boolean;
}

/** Takes the lines of an open fence from a text that grows, without parsing any twice. */
export interface FenceReader {
  /** `isEnded`: nothing follows the text. Takes `atMost` characters or little more. */
  read(text: string, isEnded: boolean, atMost: number): FenceReading;
}

/** A reader of what follows the line that opens the fence. */
export function createFenceReader(fence: Fence): FenceReader {
  let isMidLine = false;
  return {
    read(text, isEnded, atMost) {
      let code = '';
      let taken = 0;
      while (taken < text.length && taken < atMost) {
        const newline = text.indexOf('\n', taken);
        const isComplete = newline >= 0 && newline - taken < atMost;
        const end = isComplete ? newline : safeCut(text, Math.min(text.length, taken + atMost));
        const line = text.slice(taken, end);
        const isWhole = isComplete || (isEnded && end === text.length);
        if (!isMidLine) {
          const next = isComplete ? end + 1 : end;
          if (isWhole && closesFence(fence, line)) return { code, taken: next, isClosed: true };
          // Blanks at the very end are no line, says markdown-it.
          if (isWhole && !isComplete && line.trim() === '') return { code, taken: next, isClosed: false };
          if (!isWhole && end === text.length && isUndecided(fence, line)) break;
        }
        code += (isMidLine ? line : withoutIndent(line, fence.indent)) + (isComplete ? '\n' : '');
        taken = isComplete ? end + 1 : end;
        isMidLine = !isComplete;
      }
      return { code, taken, isClosed: false };
    },
  };
}
