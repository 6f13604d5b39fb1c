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
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    if (formula.test(line)) return false;
    const direct = opening.exec(line.slice(indent))?.[1];
    if (direct !== undefined && !line.startsWith('\t')) fence = { marker: direct, indent };
    // After a bullet, a quotation mark or a tab: nothing simple tells where it ends.
    else if (/^[\s>*+-]*(?:\d+[.)]\s*)?(?:`{3}|~{3})/.test(line)) return false;
  }
  return fence === undefined;
}

function closes(
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

/**
 * The text without pictures, which become links, with HTML as plain text and without definitions of links: VS Code's
 * preview loads remote pictures. Only fenced code before the first formula stays as it is; what stands between single
 * backticks may be code or not, and an entity too many does no harm.
 */
export function withoutActiveContent(markdown: string): string {
  let fence: string | undefined;
  let hasFormula = false;
  return markdown
    .split('\n')
    .map((line) => {
      if (fence !== undefined) {
        if (closes(line, { marker: fence, indent: 0 })) fence = undefined;
        return line;
      }
      hasFormula ||= formula.test(line);
      fence = hasFormula ? undefined : opening.exec(line)?.[1];
      return fence === undefined ? inertLine(line) : line;
    })
    .join('\n');
}

/** Entities and no backslashes: one before an escaped character, or at the end of a bare link, would free it again. */
function inertLine(line: string): string {
  return (
    line
      .replaceAll('![', '&#33;[')
      // A definition makes links in every message; its label may have begun in a line before.
      .replace(/^((?:[\s>*+\-\d.)]*\[)?(?:\\.|[^\\[\]])*\]):/, '$1&#58;')
      .replace(/<(?=[a-z!?/])(?!(?:https?:\/\/|mailto:)[^<>\s]*>)/gi, '&lt;')
  );
}
