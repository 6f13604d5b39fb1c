/** The blanks that a line begins with. */
export function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** What all lines that are not blank begin with. */
function commonIndentation(lines: readonly string[]): string {
  let common: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const own = indentationOf(line);
    common = common === undefined ? own : sharedStart(common, own);
  }
  return common ?? '';
}

/** The lines with `to` in place of the indentation that they share; blank lines become empty. */
export function reindented(lines: readonly string[], to: string): string[] {
  const { length } = commonIndentation(lines);
  return lines.map((line) => shiftedLine(line, length, to));
}

/** A line with `to` in place of its first `length` characters; a blank one becomes empty. */
export function shiftedLine(line: string, length: number, to: string): string {
  return line.trim() === '' ? '' : to + line.slice(length);
}

/** The lines with tabs or blanks, whichever the file has: models write blanks where files have tabs. */
export function inStyleOf(file: readonly string[], lines: readonly string[]): string[] {
  const wanted = unitOf(file);
  const own = unitOf(lines);
  if (wanted === undefined || own === undefined || (wanted === '\t') === (own === '\t')) return [...lines];
  return lines.map((line) => {
    const indentation = indentationOf(line);
    const depth = Math.floor(indentation.replaceAll('\t', ' '.repeat(own.length)).length / own.length);
    const rest = own === '\t' ? '' : ' '.repeat(indentation.length % own.length);
    return wanted.repeat(own === '\t' ? indentation.length : depth) + rest + line.slice(indentation.length);
  });
}

/** One step of indentation, a tab or some blanks; undefined where nothing is indented. */
function unitOf(lines: readonly string[]): string | undefined {
  const indented = lines.filter((line) => line.trim() !== '').map(indentationOf);
  if (indented.some((blanks) => blanks.startsWith('\t'))) return '\t';
  const widths = indented.map(({ length }) => length).filter((width) => width > 1);
  return widths.length === 0 ? undefined : ' '.repeat(widths.reduce((a, b) => Math.min(a, b)));
}

/** What both texts begin with. */
export function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
