import { linesOf } from './codeBlock.ts';
import { indentationOf, reindented } from './indentation.ts';

/**
 * Code as it goes in at a cursor: its further lines get the indentation of the cursor's line. `before` and `after` are
 * what stands on the line on both sides. The line end at the end goes unless the code gets lines of its own.
 */
export function insertedText(code: string, before: string, after: string): string {
  const lines = linesOf(withoutBlankLines(code.trimEnd()));
  const indentation = indentationOf(before);
  const shifted = reindented(lines, indentation).map((line, at) =>
    at === 0 ? line.slice(indentation.length) : line,
  );
  return shifted.join('\n') + endAtCursor(before, after);
}

/** Code without the blank lines that it begins with. */
export function withoutBlankLines(code: string): string {
  return code.replace(/^(?:[ \t]*(?:\r\n|\r|\n))+/, '');
}

/** What goes between code at a cursor and what stands behind the cursor. */
export function endAtCursor(before: string, after: string): string {
  const isOwnLine = before.trim() === '';
  return isOwnLine && after.trim() !== '' ? `\n${indentationOf(before)}` : '';
}
