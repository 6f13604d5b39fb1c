import { codeItems, declaredName, isExistingCode } from './codeItems.ts';
import { findItem, indexLines, type ItemPlace, type LineIndex } from './findItem.ts';
import { indentationOf, reindented } from './indentation.ts';
import { type LineChange, overlap, withChanges } from './lineChange.ts';

/** Share of words that two lines have in common, at which one stands for the other. */
const alike = 0.5;
const closing = /^\s*(?:\W+|end\W*|fi|done|esac|<\/.*)$/;

/**
 * A block of a file as code has it in which a model left lines out, each time behind one such as
 * `// … existing code …`. Undefined where it is not clear which lines are left out.
 */
export function mergeBlock(block: readonly string[], code: readonly string[]): string[] | undefined {
  if (!code.some(isExistingCode)) return [...code];
  const last = code.length - 1;
  // The line that closes both is none of what is left out. The first one may be changed: the block has its name.
  const isClosed = last > 0 && block.length > 1 && block.at(-1)?.trim() === code[last]?.trim();
  const isCloser = isClosed && closing.test(code[last] ?? '');
  const end = isCloser ? 1 : 0;
  const middle = fillIn(block.slice(1, block.length - end), code.slice(1, code.length - end));
  return middle && [...code.slice(0, 1), ...middle, ...block.slice(block.length - end)];
}

/** Between lines that leave others out, the code is taken as it stands. */
function fillIn(kept: readonly string[], code: readonly string[]): string[] | undefined {
  // A deeper one stands for lines of an inner block.
  const marks = codeItems(code).flatMap(({ head }) => (isExistingCode(code[head] ?? '') ? [head] : []));
  const bounds = [-1, ...marks, code.length];
  const regions: LineChange[] = [];
  const index = indexLines(kept);
  for (let at = 0; at + 1 < bounds.length; at += 1) {
    const part = code.slice((bounds[at] ?? 0) + 1, bounds[at + 1]);
    const isFirst = at === 0;
    const isLast = at + 2 === bounds.length;
    if (part.every((line) => line.trim() === '')) continue;
    const region = regionOf(index, part, isFirst, isLast);
    if (!region) return undefined;
    regions.push(region);
  }
  return overlap(regions) ? undefined : withChanges(kept, regions);
}

function regionOf(
  index: LineIndex,
  part: readonly string[],
  isFirst: boolean,
  isLast: boolean,
): LineChange | undefined {
  const kept = index.lines;
  const items = codeItems(part);
  const places = items.map((item) => findItem(index, part, item));
  if (places.includes('ambiguous')) return undefined;
  const found = places.filter((place): place is ItemPlace => typeof place === 'object');
  const lines = mergedLines(kept, part, items, places);
  if (!lines) return undefined;
  if (isFirst && isLast) return { start: 0, end: kept.length, lines };
  const [first, last] = [found[0], found.at(-1)];
  if (isFirst) return { start: 0, end: last?.end ?? alikeStart(kept, part), lines };
  if (isLast) return { start: first?.start ?? kept.length - alikeEnd(kept, part), end: kept.length, lines };
  return first && last ? { start: first.start, end: last.end, lines } : undefined;
}

/** The lines of a part, with what inner blocks leave out. */
function mergedLines(
  kept: readonly string[],
  part: readonly string[],
  items: ReturnType<typeof codeItems>,
  places: readonly (ItemPlace | 'ambiguous' | undefined)[],
): string[] | undefined {
  const parts: (readonly string[])[] = [];
  let from = 0;
  for (const [at, item] of items.entries()) {
    const own = part.slice(item.head, item.end);
    if (!own.some(isExistingCode)) continue;
    const place = places[at];
    if (typeof place !== 'object') return undefined;
    const merged = mergeBlock(
      kept.slice(place.head, place.end),
      reindented(own, indentationOf(own[0] ?? '')),
    );
    if (!merged) return undefined;
    parts.push(part.slice(from, item.head), merged);
    from = item.end;
  }
  return [...parts, part.slice(from)].flat();
}

/** How many lines at the beginning the code seems to replace. */
function alikeStart(kept: readonly string[], part: readonly string[]): number {
  return alikeItems(kept, part, (items, at) => items[at])?.end ?? 0;
}

/** How many lines at the end. */
function alikeEnd(kept: readonly string[], part: readonly string[]): number {
  const item = alikeItems(kept, part, (items, at) => items.at(-1 - at));
  return item ? kept.length - item.start : 0;
}

function alikeItems(
  kept: readonly string[],
  part: readonly string[],
  take: (items: ReturnType<typeof codeItems>, at: number) => ItemPlace | undefined,
): ItemPlace | undefined {
  const old = codeItems(kept);
  const next = codeItems(part);
  let last: ItemPlace | undefined;
  for (let at = 0; at < next.length; at += 1) {
    const [a, b] = [take(old, at), take(next, at)];
    if (!a || !b || !isAlike(kept[a.head] ?? '', part[b.head] ?? '')) break;
    last = a;
  }
  return last;
}

function isAlike(a: string, b: string): boolean {
  const name = declaredName(a);
  if (name !== undefined || declaredName(b) !== undefined) return name === declaredName(b);
  if (/^\s*return\b/.test(a)) return /^\s*return\b/.test(b);
  const own = new Set(a.match(/\w+/g));
  const others = new Set(b.match(/\w+/g));
  const shared = [...own].filter((word) => others.has(word)).length;
  return (2 * shared) / (own.size + others.size) > alike;
}
