import { blockEnd, type CodeItem, declaredName, notesAbove } from './codeItems.ts';

/** Lines of a file: comments from `start`, the first line of code at `head`, to before `end`. */
export type ItemPlace = CodeItem;

/**
 * The item of the file with the same first line, or else with the same name; undefined if there is none, and `ambiguous`
 * if there are several.
 */
export function findItem(
  file: readonly string[],
  code: readonly string[],
  item: CodeItem,
): ItemPlace | 'ambiguous' | undefined {
  const line = code[item.head] ?? '';
  const name = declaredName(line);
  const isSame = (other: string): boolean => other.trim() === line.trim();
  const head =
    onlyLine(file, isSame) ??
    (name === undefined ? undefined : onlyLine(file, (other) => declaredName(other) === name));
  if (head === undefined || head === 'ambiguous') return head;
  const start = item.start < item.head ? notesAbove(file, head) : head;
  return { start, head, end: blockEnd(file, head) };
}

function onlyLine(
  file: readonly string[],
  isIt: (line: string) => boolean,
): number | 'ambiguous' | undefined {
  const first = file.findIndex(isIt);
  if (first < 0) return undefined;
  return file.findLastIndex(isIt) === first ? first : 'ambiguous';
}
