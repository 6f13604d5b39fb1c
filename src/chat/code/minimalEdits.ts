import { diffArrays } from 'diff';

/** A place in a text: line and character from 0. */
interface TextPlace {
  readonly line: number;
  readonly character: number;
}

/** Replaces what stands between two places; lines end with `\n`. */
export interface TextChange {
  readonly start: TextPlace;
  readonly end: TextPlace;
  readonly text: string;
}

/** Longer searches for the smallest difference are given up, in milliseconds. */
const longestSearchMs = 1000;

/** The changes of whole lines that make one text of another, in order, none touching the next. Lines end with `\n`. */
export function minimalEdits(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const old = before.split('\n');
  const next = after.split('\n');
  const parts = diffArrays(old, next, { timeout: longestSearchMs });
  if (!parts) return [change(old, 0, old.length, next)];
  const changes: TextChange[] = [];
  let at = 0;
  let removed = 0;
  let added: string[] = [];
  const flush = (): void => {
    if (removed > 0 || added.length > 0) changes.push(change(old, at - removed, at, added));
    removed = 0;
    added = [];
  };
  for (const part of parts) {
    if (part.added) {
      added = [...added, ...part.value];
    } else if (part.removed) {
      removed += part.value.length;
      at += part.value.length;
    } else {
      flush();
      at += part.value.length;
    }
  }
  flush();
  return changes;
}

/** Replaces the lines from `first` to before `end`. */
function change(lines: readonly string[], first: number, end: number, added: readonly string[]): TextChange {
  const last = lines.length - 1;
  const endOf = (line: number): TextPlace => ({ line, character: lines[line]?.length ?? 0 });
  if (end <= last) {
    const text = added.map((line) => `${line}\n`).join('');
    return { start: { line: first, character: 0 }, end: { line: end, character: 0 }, text };
  }
  // The last line has no line end that could go with it.
  if (first === 0) return { start: { line: 0, character: 0 }, end: endOf(last), text: added.join('\n') };
  return { start: endOf(first - 1), end: endOf(last), text: added.map((line) => `\n${line}`).join('') };
}
