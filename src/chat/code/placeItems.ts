import {
  type CodeItem,
  codeItems,
  declaredName,
  isBalanced,
  isContainer,
  isExistingCode,
  isImport,
} from './codeItems.ts';
import { findItem, indexLines, type ItemPlace } from './findItem.ts';
import { indentationOf, inStyleOf, reindented } from './indentation.ts';
import { type LineChange, overlap, withChanges } from './lineChange.ts';
import { mergeBlock } from './mergeBlock.ts';

/** Less of a class in the file than this is in the code: methods are probably left out. */
const leastOfContainer = 0.5;
/** Nobody asked for so much of a file at once; in lines. */
const longestCode = 10_000;

/** An item of the code, and the lines of the file that it replaces; undefined: the file has nothing like it. */
interface Found extends CodeItem {
  readonly place: ItemPlace | undefined;
  /** It stands for what the model left out. */
  readonly isMark: boolean;
}

/** Code with something new, and the file that it goes into. */
interface Insertion {
  readonly file: readonly string[];
  /** Index of the line; -1: there is none. */
  readonly lastImport: number;
  readonly code: readonly string[];
  readonly items: readonly Found[];
}

/**
 * Puts each function, class or statement of the code in place of that of the same name in the file, and new ones after
 * the one they follow. Undefined where it is not clear where something belongs.
 */
export function placeItems(file: readonly string[], wanted: readonly string[]): string[] | undefined {
  if (wanted.length > longestCode) return undefined;
  const code = inStyleOf(file, wanted);
  const index = indexLines(file);
  const lastImport = file.findLastIndex(isImport);
  const items: Found[] = [];
  for (const item of codeItems(code)) {
    const isMark = isExistingCode(code[item.head] ?? '');
    const place = isMark ? undefined : findItem(index, code, item);
    if (place === 'ambiguous') return undefined;
    items.push({ ...item, place, isMark });
  }
  const places = items.flatMap(({ place }) => place ?? []);
  if (places.length === 0 && !items.some(({ isMark }) => isMark)) return undefined;
  const replacements: LineChange[] = [];
  for (const [at, item] of items.entries()) {
    if (item.isMark) continue;
    const lines = code.slice(item.start, item.end);
    const replacement = item.place
      ? replaceBlock(file, lines, item.place, item.head - item.start)
      : insertBlock({ file, lastImport, code, items }, at);
    if (!replacement) return undefined;
    replacements.push(replacement);
  }
  const ordered = replacements.toSorted((a, b) => a.start - b.start);
  return overlap(ordered) ? undefined : withChanges(file, ordered);
}

/** Where something new goes: after what it follows, or to that end of the file at which nothing is left out. */
function insertBlock({ file, lastImport, code, items }: Insertion, at: number): LineChange | undefined {
  const item = items[at];
  if (!item) return undefined;
  const head = code[item.head] ?? '';
  const lines = code.slice(item.start, item.end);
  // A statement without a name may as well stand for one that the file has.
  if (declaredName(head) === undefined && !isImport(head)) return undefined;
  if (lines.some(isExistingCode)) return undefined;
  if (isImport(head) && lastImport >= 0) return { start: lastImport + 1, end: lastImport + 1, lines };
  const mark = items.findLastIndex(({ isMark }, other) => isMark && other < at);
  const before = items.findLast(
    ({ place }, other) => place !== undefined && other > mark && other < at,
  )?.place;
  const gap = code.slice(items[at - 1]?.end ?? item.start, item.start).map(() => '');
  if (before) {
    const to = indentationOf(file[before.head] ?? '');
    return { start: before.end, end: before.end, lines: [...gap, ...reindented(lines, to)] };
  }
  const isMarkAfter = items.some(({ isMark }, other) => isMark && other > at);
  const isFoundAfter = items.some(({ place }, other) => place !== undefined && other > at);
  if (mark < 0 && isMarkAfter && !isFoundAfter) return { start: 0, end: 0, lines: [...lines, ''] };
  if (mark < 0 || isMarkAfter || isFoundAfter) return undefined;
  const end = 1 + file.findLastIndex((line) => line.trim() !== '');
  return { start: end, end, lines: ['', ...lines] };
}

function replaceBlock(
  file: readonly string[],
  lines: readonly string[],
  place: ItemPlace,
  notes: number,
): LineChange | undefined {
  const old = file.slice(place.start, place.end);
  const next = reindented(lines, indentationOf(file[place.head] ?? ''));
  const above = next.slice(0, notes);
  // Something in it looks like an end and is none, such as a line of a text.
  if (!isBalanced(old)) return undefined;
  if (!lines.some(isExistingCode)) {
    const isSafe = isBalanced(lines) && (!isContainer(lines[notes] ?? '') || hasMostOf(old, lines));
    return isSafe ? { ...place, lines: next } : undefined;
  }
  const merged = mergeBlock(file.slice(place.head, place.end), next.slice(notes));
  return merged && { ...place, lines: [...above, ...merged] };
}

function hasMostOf(old: readonly string[], lines: readonly string[]): boolean {
  const given = new Set(lines.map((line) => line.trim()));
  const own = old.filter((line) => /\w/.test(line));
  return own.filter((line) => given.has(line.trim())).length >= own.length * leastOfContainer;
}
