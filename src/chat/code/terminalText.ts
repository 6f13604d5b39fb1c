import { linesOf } from './codeBlock.ts';

/** All that shows nothing, or that a terminal takes as a key: a line feed runs what stands before it. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u115F\u1160\u3164\uFFA0\u2028\u2029]/gu;
const prompt = /^\s*(?:[\w.-]+@[\w.-]+[^$#]{0,40})?(?:\$|PS [^>]{0,200}>|%) (.*)$/;

/** More than this is not run from a block of code, in lines and characters: nobody reads it in a dialog. */
const mostLines = 40;
const mostCharacters = 4000;

/**
 * The lines that a terminal gets for a block of code: no control characters, none that are not seen, no blank lines at
 * the ends. Of a recorded session only what was typed. Empty if nothing is left; undefined if it is too much.
 */
export function terminalText(code: string): readonly string[] | undefined {
  if (code.length > 4 * mostCharacters) return undefined;
  const lines = linesOf(code).map((line) => line.replaceAll('\t', '  ').replace(invisible, '').trimEnd());
  const begin = lines.find((line) => line !== '' && !/^\s*#/.test(line)) ?? '';
  const wanted = prompt.test(begin) ? typedLines(lines) : lines;
  const first = wanted.findIndex((line) => line !== '');
  const kept = first < 0 ? [] : wanted.slice(first, 1 + wanted.findLastIndex((line) => line !== ''));
  const length = kept.reduce((sum, line) => sum + line.length + 1, 0);
  return kept.length > mostLines || length > mostCharacters ? undefined : kept;
}

/** What stands behind the prompts of a session, and the further lines of a command whose line ends with a backslash. */
function typedLines(lines: readonly string[]): string[] {
  const typed: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const command: string | undefined =
      prompt.exec(line)?.[1] ?? (isOpen ? line.replace(/^> ?/, '') : undefined);
    if (command !== undefined) typed.push(command);
    isOpen = command?.endsWith('\\') === true;
  }
  return typed;
}
