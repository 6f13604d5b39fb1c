import { linesOf } from '../code/codeBlock.ts';
import { indentationOf, sharedStart, shiftedLine } from '../code/indentation.ts';
import { endAtCursor, withoutBlankLines } from '../code/insertedText.ts';

/** Gives code that comes in pieces the indentation of the place where it goes in. Line ends become `\n`. */
export interface CodeIndenter {
  /** Takes the next text of the code; returns what is certain. Blanks wait for what stands behind them. */
  push(code: string): string;
  /** What ends the code; empty if none came. */
  end(): string;
}

/**
 * `insertedText` for code that streams: `before` and `after` are what stands on the line on both sides of the cursor.
 * The result is the same unless a later line is indented less than the first: what has gone out keeps its place, where
 * `insertedText` would move it in.
 */
export function createCodeIndenter(before: string, after: string): CodeIndenter {
  const to = indentationOf(before);
  /** What all lines so far begin with. */
  let shared: string | undefined;
  /** Blanks behind what has gone out, with line ends among them. */
  let held = '';

  function shift(line: string, isFirst: boolean): string {
    if (line.trim() === '') return '';
    const own = indentationOf(line);
    shared = shared === undefined ? own : sharedStart(shared, own);
    const shifted = shiftedLine(line, shared.length, to);
    return isFirst ? shifted.slice(to.length) : shifted;
  }

  return {
    push(code) {
      held += code;
      // Looked at only here: many blanks are not searched again and again.
      if (code.trim() === '') return '';
      const certain = held.trimEnd();
      held = held.slice(certain.length);
      const hasBegun = shared !== undefined;
      const lines = linesOf(hasBegun ? certain : withoutBlankLines(certain));
      return lines.map((line, at) => (at === 0 && hasBegun ? line : shift(line, at === 0))).join('\n');
    },
    end: () => (shared === undefined ? '' : endAtCursor(before, after)),
  };
}
