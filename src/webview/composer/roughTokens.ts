/** About how many tokens a text is: for a figure while it is typed, and not for what is cut. */
export function roughTokens(text: string): number {
  const wide = text.match(/[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/g)?.length ?? 0;
  return Math.ceil((text.length - wide) / 4) + wide;
}
