import { estimateTokenCount } from 'tokenx';

const cjk = '\\u2E80-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF';
/** tokenx prices a whole segment as Japanese if one character is; cut where the script changes. */
const scriptRuns = new RegExp(`[${cjk}]+|[^${cjk}]+`, 'g');
/** Arrows and box drawing, which models like in diagrams: measured on o200k. */
const options = { languageConfigs: [{ pattern: /[\u2190-\u25FF]/, averageCharsPerToken: 1.6 }] };
/** Columns padded with blanks: one token each, which tokenx counts as none. */
const padding = /(?<=\S) {2,}(?=\S)/g;

/** Estimated number of o200k tokens; within 15 % on code, English and Japanese of a few KB. */
export function estimateTokens(text: string): number {
  let count = text.match(padding)?.length ?? 0;
  for (const [run] of text.matchAll(scriptRuns)) count += estimateTokenCount(run, options);
  return count;
}
