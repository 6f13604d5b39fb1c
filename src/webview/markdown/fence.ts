/** A code fence that is open. */
export interface Fence {
  readonly marker: '`' | '~';
  /** How many markers close it at least. */
  readonly length: number;
  /** How many columns of blanks its lines lose. */
  readonly indent: number;
  /** What follows the markers. */
  readonly info: string;
}

/** The fence that a complete line opens. */
export function openFence(line: string): Fence | undefined {
  const [, blanks = '', markers = '', info = ''] = /^( {0,3})(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  const marker = markers[0];
  if (marker !== '`' && marker !== '~') return undefined;
  if (marker === '`' && info.includes('`')) return undefined;
  return { marker, length: markers.length, indent: blanks.length, info };
}

/** Whether the line, without its end, closes the fence. */
export function closesFence(fence: Fence, line: string): boolean {
  const markers = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1] ?? '';
  return markers.startsWith(fence.marker) && markers.length >= fence.length;
}

/** Whether a line of which only the beginning is known may still close the fence, or lose blanks. */
export function isUndecided(fence: Fence, line: string): boolean {
  const markers = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
  return line.trim() === '' || markers?.startsWith(fence.marker) === true;
}

/** A line of code without the blanks that the fence before it has too. */
export function withoutIndent(line: string, columns: number): string {
  let width = 0;
  let at = 0;
  while (width < columns && (line[at] === ' ' || line[at] === '\t')) {
    width += line[at] === '\t' ? 4 - (width % 4) : 1;
    at += 1;
  }
  return ' '.repeat(Math.max(0, width - columns)) + line.slice(at);
}
