import { longestQuery } from '../../shared/panelLimits.ts';

/** What is typed before the caret and can be completed. */
export interface TypedQuery {
  /** Where it begins in the text. */
  readonly start: number;
  /** From `#` or `/` to the caret. */
  readonly text: string;
}

/** The word before the caret if it begins with `#`, or with `/` at the beginning of the text. */
export function typedQuery(text: string, caret: number): TypedQuery | undefined {
  let start = caret;
  // No longer than a query can be: a prompt may be a megabyte without a blank.
  while (start > 0 && caret - start <= longestQuery && !/\s/.test(text.charAt(start - 1))) start--;
  if (caret - start > longestQuery) return undefined;
  const first = text.charAt(start);
  if (start === caret || (first !== '#' && (first !== '/' || start > 0))) return undefined;
  return { start, text: text.slice(start, caret) };
}
