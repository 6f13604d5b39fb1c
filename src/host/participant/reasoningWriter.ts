import { type Clock, createDeltaBatcher } from '../../chat/deltaBatcher.ts';
import { createMarkdownSplitter, type MarkdownPiece } from '../../chat/markdownParts.ts';

/** Writes what a model thought as a quotation. */
export interface ReasoningWriter {
  push(delta: string): void;
  /** Writes what is held back. Returns whether there was anything at all. */
  finish(): boolean;
}

/** `write` gets pieces of markdown, each with the number of the part it belongs to. */
export function createReasoningWriter(
  write: (text: string, part: number) => void,
  clock: Clock,
): ReasoningWriter {
  const splitter = createMarkdownSplitter();
  const writeAll = (pieces: readonly MarkdownPiece[]) => {
    for (const { text, part } of pieces) write(text, part);
  };
  let hasBegun = false;
  const batcher = createDeltaBatcher((text) => {
    const quoted = text.replaceAll('\n', '\n> ');
    writeAll(splitter.push(hasBegun ? quoted : `> ${quoted}`));
    hasBegun = true;
  }, clock);
  return {
    push: (delta) => batcher.push(delta),
    finish: () => {
      batcher.flush();
      writeAll(splitter.end());
      return hasBegun;
    },
  };
}
