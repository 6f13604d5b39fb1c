import { isObject } from '../api/json.ts';

/** A piece of a reply and how many characters come before it. */
export interface KeptPiece {
  readonly from: number;
  readonly text: string;
}

/** What a file holds, if it is a piece. */
export function keptPieceOf(value: unknown): KeptPiece | undefined {
  if (!isObject(value)) return undefined;
  const { from, text } = value;
  return typeof from === 'number' && Number.isSafeInteger(from) && from >= 0 && typeof text === 'string'
    ? { from, text }
    : undefined;
}

/** The reply as far as its pieces, in their order, make one: it ends before a piece that is missing or torn. */
export function joinPieces(pieces: readonly KeptPiece[]): string {
  let joined = '';
  for (const { from, text } of pieces) {
    if (from > joined.length) break;
    joined = joined.slice(0, from) + text;
  }
  return joined;
}
