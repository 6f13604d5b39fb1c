import { applyPatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';
import { linesOf } from './codeBlock.ts';

/** Lines of a hunk's context that may be missing or another, as in `patch`. */
const mostFuzz = 2;
const hunkHead = /^@@(?: -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@| ?\.\.\. ?@@|\s|@@|$)/;

interface Hunk {
  /** Line number from 1, of what new lines come before where it has no others; undefined: the model told none. */
  readonly start: number | undefined;
  readonly lines: readonly string[];
}

interface FileDiff {
  readonly oldName: string | undefined;
  readonly newName: string | undefined;
  readonly hunks: readonly Hunk[];
}

/** What a diff makes of a text. `isFuzzy`: some lines around a change were others than the diff says. */
export interface AppliedDiff {
  readonly text: string;
  readonly isFuzzy: boolean;
}

/** Whether a block of code is a unified diff. */
export function isUnifiedDiff(code: string): boolean {
  const lines = linesOf(code);
  return lines.some((line) => hunkHead.test(line)) && lines.some((line) => /^[+-](?![+-]{2} )/.test(line));
}

/** The files that a unified diff changes; those it deletes are not among them. */
export function diffFiles(code: string): string[] {
  if (!isUnifiedDiff(code)) return [];
  return parseDiff(code).flatMap(({ newName, oldName }) => {
    if (newName === '/dev/null') return [];
    return newName ?? oldName ?? [];
  });
}

/**
 * The text after the part of the diff that is for `path`, or after all of it if it names no file. Undefined where a hunk
 * does not fit, or fits in several places and is not at its line in any.
 */
export function applyDiff(original: string, code: string, path: string): AppliedDiff | undefined {
  const files = parseDiff(code);
  const named = files.filter(({ newName, oldName }) => isSameFile(newName ?? oldName, path));
  const [file] = named.length > 0 ? named : files.length === 1 ? files : [];
  if (!file || file.hunks.length === 0) return undefined;
  const lines = original.split('\n');
  if (file.hunks.some((hunk) => isAmbiguous(lines, hunk))) return undefined;
  const patch = structured(file);
  for (let fuzzFactor = 0; fuzzFactor <= mostFuzz; fuzzFactor += 1) {
    const text = applyPatch(original, patch, { fuzzFactor, autoConvertLineEndings: false });
    if (text !== false) return { text, isFuzzy: fuzzFactor > 0 };
  }
  return undefined;
}

/** Leniently: models count lines wrong, leave out numbers, and lose the blank before an empty line. */
function parseDiff(code: string): FileDiff[] {
  const files: {
    oldName?: string;
    newName?: string;
    hunks: { start: number | undefined; lines: string[] }[];
  }[] = [];
  let isInHunk = false;
  const lines = linesOf(code.trimEnd());
  lines.forEach((line, at) => {
    const isHead = line.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ') === true;
    const head = hunkHead.exec(line);
    if (line.startsWith('diff --git ')) {
      files.push({ hunks: [] });
      isInHunk = false;
    } else if (isHead) {
      const last = files.at(-1);
      if (!last || last.oldName !== undefined || last.hunks.length > 0) files.push({ hunks: [] });
      isInHunk = false;
      const file = files.at(-1);
      if (file) file.oldName = nameOf(line);
    } else if (!isInHunk && line.startsWith('+++ ')) {
      const file = files.at(-1);
      if (file) file.newName = nameOf(line);
    } else if (head) {
      if (files.length === 0) files.push({ hunks: [] });
      files.at(-1)?.hunks.push({ start: startOf(head), lines: [] });
      isInHunk = true;
    } else if (isInHunk && /^(?:[ +-]|\\|$)/.test(line)) {
      files
        .at(-1)
        ?.hunks.at(-1)
        ?.lines.push(line === '' ? ' ' : line);
    }
  });
  return files.map(({ oldName, newName, hunks }) => ({ oldName, newName, hunks }));
}

/** Of no lines, a hunk tells the number of the line before. */
function startOf([, line, count]: RegExpExecArray): number | undefined {
  if (line === undefined) return undefined;
  return Number(line) + (count !== undefined && Number(count) === 0 ? 1 : 0);
}

function nameOf(line: string): string {
  const name = line.slice(4).replace(/\t.*$/, '').trim();
  return name === '/dev/null' ? name : name.replace(/^[ab]\//, '');
}

function isSameFile(name: string | undefined, path: string): boolean {
  return name !== undefined && (name === path || path.endsWith(`/${name}`) || name.endsWith(`/${path}`));
}

/** Its old lines are in several places, and not at the line that it tells. */
function isAmbiguous(lines: readonly string[], { start, lines: hunk }: Hunk): boolean {
  const old = hunk.filter((line) => /^[ -]/.test(line)).map((line) => line.slice(1));
  if (old.length === 0) return start === undefined;
  const isAt = (at: number): boolean => old.every((line, i) => lines[at + i] === line);
  if (start !== undefined && isAt(start - 1)) return false;
  let count = 0;
  for (let at = 0; at + old.length <= lines.length && count < 2; at += 1) if (isAt(at)) count += 1;
  return count > 1;
}

function structured({ oldName = '', newName = '', hunks }: FileDiff): StructuredPatch {
  return {
    oldFileName: oldName,
    newFileName: newName,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: hunks.map(({ start = 1, lines }): StructuredPatchHunk => {
      const oldLines = lines.filter((line) => /^[ -]/.test(line)).length;
      const newLines = lines.filter((line) => /^[ +]/.test(line)).length;
      return { oldStart: start, oldLines, newStart: start, newLines, lines: [...lines] };
    }),
  };
}
