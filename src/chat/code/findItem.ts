import { blockEnd, type CodeItem, declaredName, notesAbove } from './codeItems.ts';

/** Lines of a file: comments from `start`, the first line of code at `head`, to before `end`. */
export type ItemPlace = CodeItem;

/** Where lines of a file are; of those that it has several times, that it has. */
export interface LineIndex {
  readonly lines: readonly string[];
  /** By the line without the blanks at its ends. */
  readonly byText: ReadonlyMap<string, number | 'ambiguous'>;
  /** By what the line declares. */
  readonly byName: ReadonlyMap<string, number | 'ambiguous'>;
}

/** Looks at each line once, however many are to be found. */
export function indexLines(lines: readonly string[]): LineIndex {
  const byText = new Map<string, number | 'ambiguous'>();
  const byName = new Map<string, number | 'ambiguous'>();
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    byText.set(text, byText.has(text) ? 'ambiguous' : at);
    const name = declaredName(line);
    if (name !== undefined) byName.set(name, byName.has(name) ? 'ambiguous' : at);
  }
  return { lines, byText, byName };
}

/**
 * The item of the file with the same first line, or else with the same name; undefined if there is none, and `ambiguous`
 * if there are several.
 */
export function findItem(
  { lines, byText, byName }: LineIndex,
  code: readonly string[],
  item: CodeItem,
): ItemPlace | 'ambiguous' | undefined {
  const line = code[item.head] ?? '';
  const head = byText.get(line.trim()) ?? byName.get(declaredName(line) ?? '');
  if (head === undefined || head === 'ambiguous') return head;
  const start = item.start < item.head ? notesAbove(lines, head) : head;
  return { start, head, end: blockEnd(lines, head) };
}
