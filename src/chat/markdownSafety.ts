/** What may begin a formula, which VS Code's preview draws: only its own end closes it, and a fence within it is none. */
const formula = /\$\$|\\begin\{/;

const opening = /^(`{3,}(?=[^`]*$)|~{3,})/;

/**
 * Whether what follows a text is surely not drawn into it. Fences at the start of a line are followed to their end;
 * deeper ones, in lists, only where everything up to their end is as deep, which is clear in every reading.
 */
export function isSelfContained(markdown: string): boolean {
  let fence: { readonly marker: string; readonly indent: number } | undefined;
  for (const line of markdown.split('\n')) {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (fence) {
      if (line.trim() !== '' && indent < fence.indent) return false;
      if (closesFence(line, fence)) fence = undefined;
      continue;
    }
    if (mayHoldFormula(line)) return false;
    const direct = fenceMarker(line.slice(indent));
    if (direct !== undefined && !line.startsWith('\t')) fence = { marker: direct, indent };
    // After a bullet, a quotation mark or a tab: nothing simple tells where it ends.
    else if (/^[\s>*+-]*(?:\d+[.)]\s*)?(?:`{3}|~{3})/.test(line)) return false;
  }
  return fence === undefined;
}

/** Whether a line may begin a formula. */
export function mayHoldFormula(line: string): boolean {
  return formula.test(line);
}

/** The marker of a fence that begins at the start of a line. */
export function fenceMarker(line: string): string | undefined {
  return opening.exec(line)?.[1];
}

/** Whether a line ends the fence. */
export function closesFence(
  line: string,
  { marker, indent }: { readonly marker: string; readonly indent: number },
): boolean {
  const found = /^( *)(`{3,}|~{3,})[ \t]*$/.exec(line);
  if (!found) return false;
  const [, blanks = '', end = ''] = found;
  return end.startsWith(marker) && blanks.length <= indent + 3;
}

/** The text as a quotation: whatever it leaves open ends with it. */
export function quoted(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
