import { linesOf } from './codeBlock.ts';
import { indentationOf, reindented } from './indentation.ts';

/**
 * Code as it goes in at a cursor: its further lines get the indentation of the cursor's line. `before` and `after` are
 * what stands on the line on both sides. The line end at the end goes unless the code gets lines of its own.
 */
export function insertedText(code: string, before: string, after: string): string {
  const lines = linesOf(code.trimEnd().replace(/^(?:[ \t]*(?:\r\n|\r|\n))+/, ''));
  const indentation = indentationOf(before);
  const isOwnLine = before.trim() === '';
  const shifted = reindented(lines, indentation).map((line, at) =>
    at === 0 ? line.slice(indentation.length) : line,
  );
  return shifted.join('\n') + (isOwnLine && after.trim() !== '' ? `\n${indentation}` : '');
}
