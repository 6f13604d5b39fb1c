import type { Token } from 'markdown-it';
import { cutPlace, finishedCount, tableHead, topLevelBlocks } from './topLevel.ts';
import type { TopLevel } from './topLevel.ts';
import { endOf, wholeCodes } from './codeSource.ts';
import type { CodeSource, WholeCode } from './codeSource.ts';
import { createFenceReader } from './fenceReader.ts';
import type { FenceReader } from './fenceReader.ts';
import type { MarkdownParser, References } from './markdownParser.ts';
import { safeCut } from './textCut.ts';
import { visibleText } from './visibleText.ts';

/** A block is cut into two at this length or little more, in characters: an open one is parsed with each piece that comes. */
const longestBlock = 16_000;
/** As much is parsed first, if much is there: a task is to take some milliseconds. */
const firstWindow = 4000;
/** What follows after so many characters is not parsed any more. */
const longestMarkdown = 1_000_000;

/** A top-level block of markdown. */
export interface Block {
  /** Still to be sanitised. `''` for what shows nothing, such as a definition. */
  readonly html: string;
  /** The code in it, in the order of the HTML. */
  readonly codes: readonly WholeCode[];
  /** Definitions that come later may change the block; `definitions`: how many were known. */
  readonly revisable?: { readonly source: string; readonly above: string; readonly definitions: number };
}

/** What a reading finds, in the order of the text. `plain`: text that is too long to be parsed. */
export type BlockEvent =
  | { readonly type: 'finished'; readonly block: Block }
  | { readonly type: 'codeOpened'; readonly source: CodeSource }
  | { readonly type: 'code' | 'plain'; readonly text: string }
  /** `isClosed`: by its own closing line. */
  | { readonly type: 'codeClosed'; readonly isClosed: boolean };

/** What a reading found. */
interface Reading {
  readonly events: readonly BlockEvent[];
  /** The blocks after those, which further text may change: in place of the open ones of the reading before. */
  readonly open: readonly Block[];
  /** There is more to read at once. */
  readonly hasMore: boolean;
}

/** Cuts markdown that grows into blocks, and parses only those again that are not finished. */
export interface BlockReader {
  push(text: string): void;
  /** Nothing follows. */
  end(): void;
  /** How much text the next reading parses for a second time, in characters. */
  readonly openLength: number;
  /** Reads a piece that takes some milliseconds. */
  read(): Reading;
  /** The block with all definitions; undefined if none came after it. */
  revise(block: Block): Block | undefined;
}

/** A reader of a text that is empty yet. */
export function createBlockReader(parser: MarkdownParser): BlockReader {
  let tail = '';
  let above = '';
  let held = '';
  let done = 0;
  let openLength = 0;
  let isEnded = false;
  let fence: FenceReader | undefined;
  const references: References = Object.create(null);
  let definitions = 0;

  const take = (length: number): void => {
    above = endOf(above + endOf(tail.slice(0, length)));
    tail = tail.slice(length);
    done += length;
  };

  /** The tokens are of `text`; `from` and `to` is what a revision parses again, if anything. */
  function blockOf(tokens: Token[], text: string, from = 0, to = from, before = above): Block {
    const html = visibleText(parser.render(tokens)).trim();
    const codes = wholeCodes(tokens, text, before);
    const source = text.slice(from, to);
    if (!source.includes('[')) return { html, codes };
    return { html, codes, revisable: { source, above: endOf(before + text.slice(0, from)), definitions } };
  }

  /** Of several definitions of a label the first one counts: a later one in the same text is not in `known`. */
  function define(tokens: readonly Token[], known: References): void {
    for (const { type, meta } of tokens) {
      const label: unknown = type === 'reference_definition' ? meta?.['label'] : undefined;
      if (typeof label !== 'string' || references[label] !== undefined) continue;
      const definition = known[label];
      if (definition === undefined) continue;
      references[label] = definition;
      definitions += 1;
    }
  }

  function sourceOf({ fence: opened, start }: TopLevel, text: string): CodeSource {
    return { info: opened?.info.trim() ?? '', before: endOf(above + text.slice(0, start)) };
  }

  function readFence(reader: FenceReader): Reading {
    const { code, taken, isClosed } = reader.read(tail, isEnded, longestBlock);
    take(taken);
    const events: BlockEvent[] = code === '' ? [] : [{ type: 'code', text: code }];
    if (isClosed || (isEnded && tail === '')) {
      fence = undefined;
      events.push({ type: 'codeClosed', isClosed });
    }
    openLength = 0;
    return { events, open: [], hasMore: tail !== '' && taken > 0 };
  }

  function readPlain(): Reading {
    const length = safeCut(tail, Math.min(tail.length, longestBlock));
    const events: BlockEvent[] =
      length === 0 ? [] : [{ type: 'plain', text: visibleText(tail.slice(0, length)) }];
    take(length);
    openLength = 0;
    return { events, open: [], hasMore: tail !== '' };
  }

  function parse(part: Part): Part & { known: References; all: TopLevel[] } {
    const known: References = Object.create(references);
    return { ...part, known, all: topLevelBlocks(parser.parse(part.text, known), part.text) };
  }

  function readBlocks(): Reading {
    const small =
      openLength === 0 && tail.length > 2 * firstWindow ? parse(firstPart(tail, firstWindow)) : undefined;
    const isEnough = small !== undefined && finishedCount(small.all, small.text) > 0;
    const { text, isCut, known, all } = isEnough ? small : parse(firstPart(tail, longestBlock));
    const blocks = all.filter(({ start }) => done + start < longestMarkdown);
    const isLast = isEnded && !isCut && blocks.length === all.length;
    const events: BlockEvent[] = [];
    let end = 0;
    const finish = (block: TopLevel, to: number): void => {
      define(block.tokens, known);
      if (block.fence === undefined) {
        events.push({ type: 'finished', block: blockOf(block.tokens, text, end, to) });
      } else {
        const lines = text.slice(block.fence.contentStart, to);
        const { code, isClosed } = createFenceReader(block.fence).read(lines, true, lines.length + 1);
        events.push({ type: 'codeOpened', source: sourceOf(block, text) });
        events.push({ type: 'code', text: code }, { type: 'codeClosed', isClosed });
      }
      end = to;
    };
    const count = isLast ? blocks.length : Math.min(blocks.length, finishedCount(all, text));
    for (const block of blocks.slice(0, count)) finish(block, block.end);
    const rest = blocks.slice(count);
    const opened = rest.length === 1 ? rest[0] : undefined;
    if (opened?.fence?.isSure === true) {
      fence = createFenceReader(opened.fence);
      events.push({ type: 'codeOpened', source: sourceOf(opened, text) });
      end = opened.fence.contentStart;
    } else if (isLast) {
      end = text.length;
    } else if (isCut && end === 0) {
      const place = cutPlace(blocks, text);
      // What stands before the place is parsed once more, alone: its last block ends there.
      const cut = parse({ text: text.slice(0, place), isCut: false });
      for (const block of cut.all) {
        define(block.tokens, cut.known);
        events.push({ type: 'finished', block: blockOf(block.tokens, text, end, block.end) });
        end = block.end;
      }
      end = place;
      // The rest of a table has its head again.
      const head = place === text.length && tail[place] === '|' ? tableHead(blocks, text) : '';
      tail = text + head + tail.slice(place);
      done -= head.length;
    }
    take(end);
    const isPlainNext = rest.length === 0 && blocks.length < all.length;
    const hasMore = (isCut || isPlainNext || fence !== undefined) && tail !== '';
    const isOpen = fence === undefined && !isLast && !hasMore;
    openLength = isOpen ? tail.length : 0;
    return { events, open: isOpen ? rest.map(({ tokens }) => blockOf(tokens, text)) : [], hasMore };
  }

  return {
    push(text) {
      const all = held + text;
      // Half a line end and half a character wait for the other half.
      held = /[\r\uD800-\uDBFF]$/.exec(all.slice(-1))?.[0] ?? '';
      tail += normalised(held === '' ? all : all.slice(0, -1));
    },
    end() {
      tail += normalised(held);
      held = '';
      isEnded = true;
    },
    get openLength() {
      return openLength;
    },
    read() {
      if (fence !== undefined) return readFence(fence);
      take(/^(?:[ \t]*\n)*/.exec(tail.slice(0, longestBlock))?.[0].length ?? 0);
      return done >= longestMarkdown ? readPlain() : readBlocks();
    },
    revise(block) {
      if (block.revisable === undefined || block.revisable.definitions === definitions) return undefined;
      const { source, above: before } = block.revisable;
      const tokens = parser.parse(source, Object.create(references));
      return blockOf(tokens, source, 0, source.length, before);
    },
  };
}

/** As markdown-it would do, which must not count lines of its own. */
function normalised(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll('\0', '\uFFFD');
}

interface Part {
  readonly text: string;
  /** More follows, which must not be waited for. */
  readonly isCut: boolean;
}

/** As much as is parsed at once: whole lines, unless one is very long. */
function firstPart(text: string, length: number): Part {
  const newline = text.indexOf('\n', length);
  if (newline >= 0 && newline < 2 * length) {
    return { text: text.slice(0, newline + 1), isCut: newline + 1 < text.length };
  }
  if (text.length <= 2 * length) return { text, isCut: false };
  return { text: text.slice(0, safeCut(text, 2 * length)), isCut: true };
}
