/**
 * Control, bidi and other invisible characters: they can make a name look like another one. Unpaired surrogates
 * go too. Line ends are handled before.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u115F\u1160\u3164\uFFA0]/gu;
/** More combining marks than any script stacks. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;
const lineEnds = /[\r\n\t\v\f\u0085\u2028\u2029]+/g;

/** One line of visible text of at most `max` characters (graphemes), for names that come from a server. */
export function cleanName(text: string, max: number): string {
  // Cut before segmenting: a grapheme rarely has more than a few code units, a server's text may have millions.
  const head = text.slice(0, max * 16);
  const line = head.replace(lineEnds, ' ').replace(invisible, '').replace(stackedMarks, '$1');
  return cutGraphemes(line.replace(/\s+/g, ' ').trim(), max);
}

/** {@link cleanName} for labels in which VS Code turns `$(name)` into an icon: pickers, buttons. */
export function cleanLabel(text: string, max: number): string {
  return cleanName(text, max).replaceAll('$(', '$ (');
}

/** Cuts at a grapheme boundary; a cut text ends with `…`, which counts. */
function cutGraphemes(text: string, max: number): string {
  if (text.length <= max) return text;
  const segments = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  if (segments.length <= max) return text;
  return `${segments
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}

const maxProviderText = 500;
const markup = /[\\`*_~[\]<>&!|$@{}]|:(?=\/\/)|(?<=^|[^a-z0-9])www(?=\.)|^(?:[#+=-]|\d+(?=[.)]))/gi;

/**
 * A text of a server as inert markdown: one line of at most 500 characters in which no link, autolink, image,
 * HTML, code, icon or formula comes alive. VS Code renders error messages as markdown.
 */
export function escapeMarkdown(text: string): string {
  return cleanName(text, maxProviderText).replace(markup, (found) => {
    if (/^www$/i.test(found)) return `${found}\\`;
    return /^\d/.test(found) ? `${found}\\` : `\\${found}`;
  });
}

/**
 * The text of {@link escapeMarkdown} for surfaces that show it as it is, such as notifications and input boxes. They
 * too make links of `[text](target)` and icons of `$(name)`, so those are broken up.
 */
export function plainText(markdown: string): string {
  const text = markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}
