import type { MarkdownIt, StateBlock } from 'markdown-it';

/**
 * Tables of which most cells are missing stay text: the parser fills each row up to the width of the head, and so some
 * kilobytes would make hundreds of thousands of cells.
 */
export function addTableRules(markdown: MarkdownIt): void {
  markdown.block.ruler.before('table', 'hollow_table', hollowTable);
}

function hollowTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const firstRow = startLine + 2;
  const columns = silent || firstRow >= endLine ? 0 : columnCount(state, startLine + 1);
  if (columns < 2) return false;
  let line = firstRow;
  while (line < endLine && !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent) line += 1;
  const length = (state.eMarks[line - 1] ?? 0) - (state.bMarks[startLine] ?? 0);
  // A cell that was written takes two characters at least.
  if (columns * (line - firstRow) <= length) return false;
  state.line = line;
  const token = state.push('code_block', 'code', 0);
  token.content = state.getLines(startLine, line, state.blkIndent, false);
  token.map = [startLine, line];
  return true;
}

/** Of the line below the head; 0: it is none. */
function columnCount(state: StateBlock, line: number): number {
  const text = state.src.slice(state.bMarks[line], state.eMarks[line]);
  return /^[\s>|:-]+$/.test(text) ? text.split('|').filter((cell) => cell.includes('-')).length : 0;
}
