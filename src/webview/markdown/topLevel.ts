import type { Token } from 'markdown-it';
import { closesFence, openFence } from './fence.ts';
import type { Fence } from './fence.ts';

/** A block that stands in no other one. */
export interface TopLevel {
  readonly tokens: Token[];
  /** Index of its first line. */
  readonly firstLine: number;
  /** Where its lines begin and end in the text. */
  readonly start: number;
  readonly end: number;
  readonly fence?: OpenedFence;
}

interface OpenedFence extends Fence {
  readonly contentStart: number;
  readonly isClosed: boolean;
  /** The line that opens it is complete, and can't become the head of a table. */
  readonly isSure: boolean;
}

/** The blocks of a text from its tokens. */
export function topLevelBlocks(tokens: readonly Token[], text: string): TopLevel[] {
  const starts = lineStarts(text);
  const blocks: TopLevel[] = [];
  let from = 0;
  tokens.forEach((token, i) => {
    if (token.level !== 0 || token.nesting === 1) return;
    const [firstLine, endLine] = tokens[from]?.map ?? [0, 0];
    const start = starts[firstLine] ?? text.length;
    const end = starts[endLine] ?? text.length;
    const fence = token.type === 'fence' ? fenceOf(text, start, end) : undefined;
    blocks.push({
      tokens: tokens.slice(from, i + 1),
      firstLine,
      start,
      end,
      ...(fence === undefined ? {} : { fence }),
    });
    from = i + 1;
  });
  return blocks;
}

/**
 * How many of the blocks no further text can change. That is so once the line on which the next block starts is complete;
 * lists, quotes, lazy lines and headings by underlines are then decided. A table needs its second line too. The title of a
 * definition may stand on the lines after it. A fence is finished by its closing line.
 */
export function finishedCount(blocks: readonly TopLevel[], text: string): number {
  const isFinished = (block: TopLevel, next: TopLevel | undefined): boolean => {
    if (block.fence?.isClosed === true) return text[block.end - 1] === '\n';
    if (next === undefined) return false;
    const line = text.indexOf('\n', next.start);
    if (line < 0) return false;
    if (next.tokens[0]?.type === 'table_open') return text.includes('\n', line + 1);
    return (
      block.tokens[0]?.type !== 'reference_definition' || !/^[ \t]*["'(]/.test(text.slice(block.end, line))
    );
  };
  const unfinished = blocks.findIndex((block, i) => !isFinished(block, blocks[i + 1]));
  return unfinished < 0 ? blocks.length : unfinished;
}

/** Where to end a text that is too long for its blocks: before the last item of a list, else at its end. */
export function cutPlace(blocks: readonly TopLevel[], text: string): number {
  const last = blocks.at(-1);
  if (last === undefined) return text.length;
  const item = last.tokens.findLast(({ type, level }) => type === 'list_item_open' && level === 1);
  const place = lineStarts(text)[item?.map?.[0] ?? 0] ?? 0;
  return place > last.start ? place : text.length;
}

/** The first two lines of the table that the blocks end with; `''`: they do not. */
export function tableHead(blocks: readonly TopLevel[], text: string): string {
  const last = blocks.at(-1);
  if (last?.tokens[0]?.type !== 'table_open') return '';
  return /^.*\n.*\n/.exec(text.slice(last.start))?.[0] ?? '';
}

function fenceOf(text: string, start: number, end: number): OpenedFence | undefined {
  const newline = text.indexOf('\n', start);
  const first = newline < 0 ? text.slice(start) : text.slice(start, newline);
  const fence = openFence(first);
  if (fence === undefined) return undefined;
  const contentStart = newline < 0 ? text.length : newline + 1;
  const lastLine = text
    .slice(contentStart, end)
    .replace(/\n$/, '')
    .replace(/^[^]*\n/, '');
  return {
    ...fence,
    contentStart,
    isClosed: end > contentStart && closesFence(fence, lastLine),
    isSure: newline >= 0 && (!first.includes('|') || text.includes('\n', contentStart)),
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
