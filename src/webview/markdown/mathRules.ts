import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

const longestFormula = 1000;

/** Formulas stay as they were written: without these rules, underscores and backslashes in them would be lost. */
export function addMathRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'math', inlineMath);
  markdown.block.ruler.before('fence', 'math', blockMath, { alt: ['paragraph', 'blockquote', 'list'] });
}

function inlineMath(state: StateInline, silent: boolean): boolean {
  const length = formulaLength(state.src, state.pos);
  if (length === 0 || state.pos + length > state.posMax) return false;
  if (!silent) {
    // Not `text`: linkify is to leave it alone.
    const token = state.push('text_special', '', 0);
    token.content = state.src.slice(state.pos, state.pos + length);
    token.markup = token.content;
    token.info = 'math';
  }
  state.pos += length;
  return true;
}

/** How many characters from `start` are a formula; 0: none. */
function formulaLength(text: string, start: number): number {
  const near = text.slice(start, start + longestFormula);
  for (const [opening, closing] of [
    ['$$', '$$'],
    [String.raw`\(`, String.raw`\)`],
    [String.raw`\[`, String.raw`\]`],
  ] as const) {
    if (!near.startsWith(opening)) continue;
    const end = near.indexOf(closing, opening.length);
    return end > opening.length ? end + closing.length : 0;
  }
  // Prices are no formulas: `$5 and $6`.
  return /^\$(?![\s$])(?:[^$\\\n]|\\[^\n])*?(?<!\s)\$(?!\d)/.exec(near)?.[0].length ?? 0;
}

/** `$$` or `\[` at the start of a line, up to the closing line; a blank line ends what is never closed. */
function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = lineOf(state, startLine);
  const closing = closingOf(first);
  // Within a paragraph only a line of its own opens one, so that `$$ is the id of the process` stays text.
  if (closing === undefined || (silent && first.length > 2)) return false;
  if (silent) return true;
  let line = startLine;
  while (line < endLine) {
    if (line > startLine && (state.isEmpty(line) || (state.sCount[line] ?? 0) < state.blkIndent)) break;
    const text = lineOf(state, line);
    line += 1;
    if (text.endsWith(closing) && (line - 1 > startLine || text.length > 2)) break;
  }
  state.line = line;
  const token = state.push('math_block', 'p', 0);
  token.content = state.getLines(startLine, line, state.blkIndent, false).trim();
  token.map = [startLine, line];
  return true;
}

function closingOf(line: string): string | undefined {
  if (line.startsWith('$$')) return line.indexOf('$$', 2) >= 0 && !line.endsWith('$$') ? undefined : '$$';
  if (!line.startsWith(String.raw`\[`)) return undefined;
  return line.includes(String.raw`\]`) && !line.endsWith(String.raw`\]`) ? undefined : String.raw`\]`;
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
