import { estimateTokens } from '../tokenEstimate.ts';
import { createTokenMeter, type TokenMeter } from './tokenMeter.ts';

/** What of an attachment's text goes out. */
export interface FittedText {
  /** All of it, or its beginning and a line that says how much was left out. */
  readonly text: string;
  /** Estimated tokens of that. */
  readonly tokens: number;
  /** Lines that are not whole in it. */
  readonly leftOut: number;
}

/**
 * Fits texts into `budget` tokens: small ones go whole, and the largest are cut to one number of tokens. A text of which
 * nothing fits is the line that says so, whatever the budget; `Infinity` cuts nothing. The texts may come as meters,
 * which need not be counted again.
 */
export function fitAttachments(texts: readonly (string | TokenMeter)[], budget: number): FittedText[] {
  const meters = texts.map((text) => (typeof text === 'string' ? createTokenMeter(text) : text));
  const share = fairShare(meters, Math.max(0, budget));
  return meters.map((meter) => {
    const tokens = meter.total(share);
    return tokens === undefined ? cut(meter, share) : { text: meter.text, tokens, leftOut: 0 };
  });
}

/** The tokens that nobody gets more of: those who need less leave the rest to the others. */
function fairShare(meters: readonly TokenMeter[], budget: number): number {
  let open = meters;
  let left = budget;
  while (open.length > 0) {
    const share = left === Infinity ? Infinity : Math.floor(left / open.length);
    const needs = open.map((meter) => meter.total(share));
    const larger = open.filter((_, i) => needs[i] === undefined);
    if (larger.length === open.length) return share;
    left -= needs.reduce<number>((sum, need = 0) => sum + need, 0);
    open = larger;
  }
  return Infinity;
}

function cut(meter: TokenMeter, share: number): FittedText {
  const { text } = meter;
  // The longest that the line can be: how much is left out is not known yet.
  const reserved = estimateTokens(`\n${leftOutLine(meter.lines(), true)}`);
  const { end, tokens } = meter.beginning(share - reserved);
  const kept = text.slice(0, end);
  const leftOut = meter.lines() - (kept.match(/\n/g)?.length ?? 0);
  const isInside = end > 0 && !kept.endsWith('\n');
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const line = `${isInside ? lineBreak : ''}${leftOutLine(leftOut, isInside)}`;
  return { text: kept + line, tokens: tokens + estimateTokens(line), leftOut };
}

/** For the model, in the language of its headings. */
function leftOutLine(lines: number, isInside: boolean): string {
  const more = isInside ? lines - 1 : lines;
  const counted = `${more} more ${more === 1 ? 'line' : 'lines'}`;
  const what = isInside ? `the rest of this line${more > 0 ? ` and ${counted}` : ''}` : counted;
  return `[left out here: ${what}]`;
}
