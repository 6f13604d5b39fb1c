import core from 'highlight.js/lib/core';
import { languages } from './languages.ts';
import { sanitiseCode } from './sanitise.ts';

const highlighter = core.newInstance();

/** Code with its colours; undefined if the language is none that we know. Nothing is guessed. */
export function highlightCode(code: string, language: string): DocumentFragment | undefined {
  const wanted = language.toLowerCase();
  const known = languages.find(({ names }) => names.includes(wanted));
  const name = known?.names[0];
  if (known === undefined || name === undefined) return undefined;
  // Each is made ready when it is first needed: all at once would cost the page much of its start.
  if (highlighter.getLanguage(name) === undefined) highlighter.registerLanguage(name, known.define);
  return sanitiseCode(highlighter.highlight(code, { language: name, ignoreIllegals: true }).value);
}
