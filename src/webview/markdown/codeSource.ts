import type { Token } from 'markdown-it';
import { longestBefore } from '../../shared/panelLimits.ts';

/** A block of code as the model wrote it, line ends apart. */
export interface CodeSource {
  /** What stands after the three backticks. */
  readonly info: string;
  /** The end of the text above the block. */
  readonly before: string;
}

/** A block of code that is complete. */
export interface WholeCode extends CodeSource {
  readonly code: string;
  /** It ends by its own closing line, and not because nothing follows. */
  readonly isClosed: boolean;
}

/** The end of a text that stands above a block of code. */
export function endOf(text: string): string {
  return text.slice(-longestBefore);
}

/** The blocks of code among the tokens of a text, in their order; `above` stands before that text. */
export function wholeCodes(tokens: readonly Token[], text: string, above: string): WholeCode[] {
  const found = tokens.filter(({ type }) => type === 'fence' || type === 'code_block');
  if (found.length === 0) return [];
  const lines = text.split('\n');
  return found.map(({ type, info, content, markup, map, level }) => {
    const [first, end] = map ?? [0, 0];
    const last = lines[end - 1]?.replace(level > 0 ? /^[\s>]+/ : /^ {0,3}/, '').trimEnd() ?? '';
    const isFenced = end - 1 > first && last.startsWith(markup) && /^(?:`+|~+)$/.test(last);
    return {
      code: content,
      info: info.trim(),
      before: endOf(
        above +
          lines
            .slice(0, first)
            .map((line) => `${line}\n`)
            .join(''),
      ),
      isClosed: type === 'code_block' || isFenced,
    };
  });
}
