import { type ChangeObject, diffArrays } from 'diff';
import { linesOf } from './codeBlock.ts';
import { isExistingCode } from './codeItems.ts';
import { withoutPathComment } from './namedPaths.ts';
import { placeItems } from './placeItems.ts';
import { applyDiff, isUnifiedDiff } from './unifiedDiff.ts';

const longestSearchMs = 1000;
/** So much of a file stands in code that is the whole file. */
const leastOfFile = 0.6;

/**
 * What a file becomes, with `\n` as line ends. `fuzzyDiff`: some lines around its changes were others. `parts`: each
 * function or class in place of that of the same name. `unplaced`: it is not clear where the code belongs.
 */
export type ProposedText =
  | { readonly how: 'diff' | 'fuzzyDiff' | 'whole' | 'parts'; readonly text: string }
  | { readonly how: 'same' | 'unplaced' };

/** The text of the file at `path` with the code of a model in it. Nothing is guessed where it may belong elsewhere. */
export function proposeText(original: string, code: string, path: string): ProposedText {
  const before = linesOf(original).join('\n');
  const proposed = propose(before, code, path);
  if (!('text' in proposed)) return proposed;
  const text = withFinalNewline(proposed.text, before);
  return text === before ? { how: 'same' } : { ...proposed, text };
}

/** The code as the whole text of a file that has `original` now; a line that only names the file is left out. */
export function wholeText(original: string, code: string): string {
  return withFinalNewline(bodyOf(original, code), linesOf(original).join('\n'));
}

function propose(before: string, code: string, path: string): ProposedText {
  if (isUnifiedDiff(code)) {
    const applied = applyDiff(before, code, path);
    if (!applied) return { how: 'unplaced' };
    return { how: applied.isFuzzy ? 'fuzzyDiff' : 'diff', text: applied.text };
  }
  const body = bodyOf(before, code);
  if (body.trim() === '') return { how: 'unplaced' };
  if (before.trim() === '') return { how: 'whole', text: body };
  const file = before.split('\n');
  const lines = trimmedEnds(body.split('\n'));
  if (isWhole(file, lines)) return { how: 'whole', text: body };
  const placed = placeItems(file, lines);
  return placed ? { how: 'parts', text: placed.join('\n') } : { how: 'unplaced' };
}

function bodyOf(before: string, code: string): string {
  const lines = linesOf(code);
  const body = withoutPathComment(lines.join('\n'));
  // The comment may be a line of the file itself.
  return linesOf(before)[0] === lines[0] ? lines.join('\n') : body;
}

/** Begins and ends where the file does, or with something new, and has most of it. */
function isWhole(file: readonly string[], code: readonly string[]): boolean {
  if (code.some(isExistingCode)) return false;
  const own = file.filter((line) => line.trim() !== '');
  const given = code.filter((line) => line.trim() !== '');
  if (given.length < leastOfFile * own.length) return false;
  const parts = diffArrays(own, given, { comparator: isSame, timeout: longestSearchMs });
  if (!parts) return false;
  const kept = parts.filter(({ added, removed }) => !added && !removed);
  const share = kept.reduce((sum, { value }) => sum + value.length, 0) / own.length;
  const first = parts.findIndex((part) => kept.includes(part));
  const last = parts.findLastIndex((part) => kept.includes(part));
  // An end that has become shorter may as well be one that the model left out.
  const isLeftOut = (ends: typeof parts): boolean => linesIn(ends, 'removed') > linesIn(ends, 'added');
  if (isLeftOut(parts.slice(0, first)) || isLeftOut(parts.slice(last + 1))) return false;
  return share >= leastOfFile;
}

function linesIn(parts: readonly ChangeObject<string[]>[], kind: 'added' | 'removed'): number {
  return parts.filter((part) => part[kind]).reduce((sum, { value }) => sum + value.length, 0);
}

function isSame(a: string, b: string): boolean {
  return a.trim() === b.trim();
}

function trimmedEnds(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return lines.slice(first, 1 + lines.findLastIndex((line) => line.trim() !== ''));
}

/** The file keeps its line end at the very end, or that it has none; a new one gets one. */
function withFinalNewline(text: string, before: string): string {
  const end = before.slice(withoutLastLineEnds(before).length);
  const body = withoutLastLineEnds(text);
  if (before === '') return `${body}\n`;
  return end === '' ? body : body + (text === '' ? '' : end);
}

function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}
