import { cleanName } from './untrusted.ts';

const longestSpan = 300;

/** A text of a server or of the settings as code in Markdown: it stays readable, and nothing in it comes alive. */
export function codeSpan(text: string): string {
  const inner = cleanName(text, longestSpan).replaceAll('`', 'ˋ');
  return inner === '' ? '' : `\`${inner}\``;
}
