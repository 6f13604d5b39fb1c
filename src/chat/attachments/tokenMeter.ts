import { estimateTokens } from '../tokenEstimate.ts';

/** Counts the tokens of a text from its beginning, only as far as it is asked and no part twice. */
export interface TokenMeter {
  readonly text: string;
  /** How many lines the text has. */
  lines(): number;
  /** Estimated tokens of the whole text; undefined if there are more than `most`. */
  total(most: number): number | undefined;
  /** The longest beginning of at most `most` tokens that can be cut off, with its tokens. */
  beginning(most: number): TextBeginning;
}

/** A beginning of a text: it ends at a line's end, or inside a line that is very long or the first. */
interface TextBeginning {
  /** In code units; never inside a surrogate pair. */
  readonly end: number;
  readonly tokens: number;
}

/** Code units that are counted at a time. */
const stretch = 4096;
/** Longer lines are cut inside: they were not written by hand, and may be the whole text. */
const longLine = 1000;

/** Makes the meter of a text; keep it while the text may be fitted again. */
export function createTokenMeter(text: string): TokenMeter {
  /** Ends of the stretches counted so far, and the tokens up to each. */
  const ends = [0];
  const sums = [0];
  let lines: number | undefined;
  const lastEnd = () => ends.at(-1) ?? 0;
  const lastSum = () => sums.at(-1) ?? 0;

  /** Until `most` is exceeded. */
  const count = (most: number): void => {
    while (lastEnd() < text.length && lastSum() <= most) {
      const end = stretchEnd(text, lastEnd());
      sums.push(lastSum() + estimateTokens(text.slice(lastEnd(), end)));
      ends.push(end);
    }
  };
  /** The last of some ends in a stretch up to which there are no more tokens than `most`. */
  const lastFitting = (
    at: number,
    candidates: readonly number[],
    most: number,
  ): TextBeginning | undefined => {
    const from = ends[at] ?? 0;
    const tokensTo = (end: number) => (sums[at] ?? 0) + estimateTokens(text.slice(from, end));
    let found: TextBeginning | undefined;
    let low = 0;
    for (let high = candidates.length; low < high;) {
      const middle = (low + high) >> 1;
      const end = candidates[middle] ?? 0;
      const tokens = tokensTo(end);
      if (tokens <= most) {
        found = { end, tokens };
        low = middle + 1;
      } else high = middle;
    }
    return found;
  };

  return {
    text,
    lines: () => (lines ??= lineEnds(text, 0, text.length).length + (text.endsWith('\n') ? 0 : 1)),
    total: (most) => {
      count(most);
      return lastEnd() === text.length && lastSum() <= most ? lastSum() : undefined;
    },
    beginning: (most) => {
      count(most);
      const last = sums.findLastIndex((sum) => sum <= most);
      let found: TextBeginning | undefined;
      for (let at = last; at >= 0 && !found; at -= 1) {
        found = lastFitting(at, lineEnds(text, ends[at] ?? 0, ends[at + 1] ?? text.length), most);
      }
      const { end, tokens } = found ?? { end: 0, tokens: 0 };
      const next = lineEndAfter(text, end);
      if (last < 0 || (end > 0 && next - end <= longLine)) return { end, tokens };
      const from = Math.max(end, ends[last] ?? 0);
      const inside = cutsBetween(text, from, Math.min(next, ends[last + 1] ?? text.length));
      return lastFitting(last, inside, most) ?? { end, tokens };
    },
  };
}

/**
 * Before a line break, or else a blank, so that the estimates of two stretches add up to that of both; else wherever a text
 * may be cut.
 */
function stretchEnd(text: string, from: number): number {
  const most = from + stretch;
  if (most >= text.length) return text.length;
  const ends = ['\n', ' '].map((blank) => safeCut(text, text.lastIndexOf(blank, most)));
  return ends.find((end) => end > from) ?? safeCut(text, most);
}

/** Ends of lines after `from`, up to `to`, each after its line break. */
function lineEnds(text: string, from: number, to: number): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1))
    ends.push(at + 1);
  return ends;
}

/** Where the line that `from` is in ends, without its line break. */
function lineEndAfter(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  if (at === -1) return text.length;
  return at > from && text.charAt(at - 1) === '\r' ? at - 1 : at;
}

function cutsBetween(text: string, from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => safeCut(text, from + i));
}

/** The place itself, or the one before it if it is inside a surrogate pair or a line break. */
function safeCut(text: string, at: number): number {
  const isInside = /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n)$/.test(text.slice(at - 1, at + 1));
  return isInside ? at - 1 : at;
}
