import { indentationOf } from './indentation.ts';

/** A statement, function or class with the comments above it: lines from `start` to before `end`. */
export interface CodeItem {
  readonly start: number;
  /** Its first line that is no comment. */
  readonly head: number;
  readonly end: number;
}

const closer =
  /^\s*(?:[}\])]|(?:end|else|elif|elsif|except|rescue|ensure|finally|catch|then|fi|done|esac)\b|<\/)/;
const note =
  /^\s*(?:\/\/|\/?\*|#(?!!|include|define|if|endif|pragma|region)|--\s|@[\w.]+|<!--|"""|\[[\w(), ".]+\]\s*$)/;
/** Longer lines declare nothing that a person wrote. */
const longestLine = 500;
const dots = /^\s*(?:(?:\/\/|#|--|;|%|\/\*|<!--|\{\/\*)\s*)?(?:\.{3}|…)\s*$/;
const dotsInComment = /^\s*(?:\/\/|#|--|;|%|\/\*|<!--|\{\/\*)\s*(?:\.{3}|…).{0,150}$/;
const leftOut =
  /^\s*(?:\/\/|#|--|;|%|\/\*|<!--|\{\/\*)\s*[([]?(?:the )?(?:rest|existing|other|remaining|previous|unchanged)\b.{0,60}\b(?:code|file|functions?|methods?|implementation|imports?|content|unchanged|same|before|class|component|logic|remains?)\b.{0,60}$/i;

const words =
  /\b(class|interface|enum|struct|trait|impl|module|namespace|object|record|function\*?|def|fn|func|fun|type|sub|proc)\s+(?:\([^)]*\)\s*)?([\w$.:<>]+)/;
const binding = /^\s*(?:export\s+)?(?:const|let|var|val|static)\s+(?:mut\s+)?([\w$]+)\s*[=:]/;
const call = /^\s*(?:[\w<>[\]*&:,?~@.]+\s+)*([\w$#~]+)\s*(?:<[^>]*>)?\(.*(?:[{(,:]|=>|->.*:)\s*$/;
const notNames = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'with',
  'match',
  'new',
  'await',
  'do',
]);
const container = /\b(?:class|interface|enum|struct|trait|impl|module|namespace|object|record)\s/;

/** Whether a line stands for code that the model left out, such as `// … existing code …`. */
export function isExistingCode(line: string): boolean {
  return dots.test(line) || dotsInComment.test(line) || leftOut.test(line);
}

/** Whether a line names what other files give, such as `import`. */
export function isImport(line: string): boolean {
  return /^\s*(?:import\b|from\s+\S+\s+import\b|using\s|use\s|#include\b|(?:const|let|var)\s.*=\s*require\()/.test(
    line,
  );
}

/** Whether the line opens something that holds others with names. */
export function isContainer(line: string): boolean {
  return container.test(line);
}

/** What a line declares, such as `function main`; undefined for other lines. */
export function declaredName(line: string): string | undefined {
  if (line.length > longestLine) return undefined;
  const [, kind, name] = words.exec(line) ?? [];
  if (kind !== undefined && name !== undefined && !note.test(line)) return `${kind.replace('*', '')} ${name}`;
  const bound = binding.exec(line)?.[1];
  if (bound !== undefined) return `binding ${bound}`;
  const called = call.exec(line)?.[1];
  return called === undefined || notNames.has(called) ? undefined : `method ${called}`;
}

/** Where the block that begins on the line `head` ends: what is indented deeper, and the line that closes it. */
export function blockEnd(lines: readonly string[], head: number): number {
  const own = indentationOf(lines[head] ?? '').length;
  let end = head + 1;
  for (let at = head + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const depth = indentationOf(line).length;
    const isPart = depth > own || (depth === own && (closer.test(line) || line.trim() === '{'));
    if (!isPart) return end;
    end = at + 1;
  }
  return end;
}

/** The items of code that are indented least. */
export function codeItems(lines: readonly string[]): CodeItem[] {
  const items: CodeItem[] = [];
  let start: number | undefined;
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
    } else if (isExistingCode(line)) {
      items.push({ start: start ?? at, head: at, end: at + 1 });
      start = undefined;
      at += 1;
    } else if (note.test(line)) {
      start ??= at;
      at += 1;
    } else {
      const end = blockEnd(lines, at);
      items.push({ start: start ?? at, head: at, end });
      start = undefined;
      at = end;
    }
  }
  return items;
}

/** Where the comments and decorators right above a line begin. */
export function notesAbove(lines: readonly string[], head: number): number {
  let start = head;
  const depth = indentationOf(lines[head] ?? '').length;
  while (start > 0 && isNote(lines[start - 1] ?? '', depth)) start -= 1;
  return start;
}

function isNote(line: string, depth: number): boolean {
  return note.test(line) && indentationOf(line).length >= depth && indentationOf(line).length <= depth + 1;
}

/** Whether as many brackets close as open, and quotes of long texts too; a count only, comments included. */
export function isBalanced(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  const count = (part: string): number => text.split(part).length - 1;
  const areEven = ['`', '"""', "'''"].every((quote) => count(quote) % 2 === 0);
  return areEven && count('{') === count('}') && count('(') === count(')') && count('[') === count(']');
}
