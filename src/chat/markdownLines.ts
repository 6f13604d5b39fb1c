/** An open code fence. */
export interface Fence {
  /** What stands before the marker: blanks and `>` of quotes. */
  readonly prefix: string;
  readonly marker: string;
  readonly info: string;
}

/** What the lines so far say about the place after them. */
export interface LineState {
  readonly fence: Fence | undefined;
  readonly afterBlank: boolean;
  readonly inTable: boolean;
}

export const startOfText: LineState = { fence: undefined, afterBlank: true, inTable: false };

/** The state after one more whole line, its line end left off (CommonMark, fenced code blocks). */
export function afterLine({ fence }: LineState, line: string): LineState {
  if (fence) return { fence: closes(line, fence) ? undefined : fence, afterBlank: false, inTable: false };
  const opened = openFence(line);
  const afterBlank = /^[\s>]*$/.test(line);
  return { fence: opened, afterBlank, inTable: opened === undefined && !afterBlank && line.includes('|') };
}

/** Whether a line closes the fence. */
export function closes(line: string, { marker }: Fence): boolean {
  const found = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  return found !== undefined && found.startsWith(marker);
}

/** Whether a line that is still arriving may yet close a fence. */
export function mayClose(beginning: string): boolean {
  return /^[\s>]*(?:`*|~*)[ \t]*$/.test(beginning);
}

/** The fence that a whole line opens; undefined if it opens none. */
export function openFence(line: string): Fence | undefined {
  // In a list item the marker may follow the bullet; below it, code is indented as far as the bullet reaches.
  const found = /^((?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*)(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line);
  if (!found) return undefined;
  const [, before = '', marker = '', info = ''] = found;
  return { prefix: before.replace(/[^>\s]/g, ' '), marker, info: info.trim() };
}
