/** The pieces of a line whose end has not come: all that can grow in memory while an event stream is read. */
export interface UnfinishedLine {
  /** Returns whether the line is now over its limit. */
  add(piece: string): boolean;
  /** The text so far; the line begins anew. */
  take(): string;
  /** There is text and it is no comment. */
  readonly isField: boolean;
}

/** An empty {@link UnfinishedLine} of at most `maxBytes` bytes of UTF-8. */
export function createUnfinishedLine(maxBytes: number): UnfinishedLine {
  let pieces: string[] = [];
  let units = 0;
  let countedPieces = 0;
  let countedBytes = 0;
  return {
    get isField() {
      return pieces.length > 0 && !pieces[0]?.startsWith(':');
    },
    add(piece) {
      pieces.push(piece);
      units += piece.length;
      // UTF-8 needs at most three bytes for a UTF-16 unit: hardly any line is ever counted.
      if (units * 3 <= maxBytes) {
        return false;
      }
      for (const uncounted of pieces.slice(countedPieces)) {
        countedBytes += utf8Length(uncounted);
      }
      countedPieces = pieces.length;
      return countedBytes > maxBytes;
    },
    take() {
      const text = pieces.join('');
      pieces = [];
      units = 0;
      countedPieces = 0;
      countedBytes = 0;
      return text;
    },
  };
}

/** The length of `text` in bytes of UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
