import MarkdownIt from 'markdown-it';
import type { Env, MarkdownIt as Markdown, Token } from 'markdown-it';
import { addMathRules } from './mathRules.ts';
import { addTableRules } from './tableRules.ts';
import { addTokenRules } from './tokenRules.ts';

/** Definitions such as `[1]: https://…`, by label. */
export type References = NonNullable<Env['references']>;

/** Markdown as models write it. */
export interface MarkdownParser {
  /** Tokens of the text. `references` gets the definitions in it; the first one of a label counts. */
  parse(text: string, references: References): Token[];
  /** HTML of tokens, still to be sanitised. */
  render(tokens: readonly Token[]): string;
}

/** A parser for whole texts or blocks; `picture` is shown in place of a picture, with `{0}` for its description. */
export function createMarkdownParser(picture: string): MarkdownParser {
  return {
    parse: (text, references) => markdown.parse(text, { references, picture }),
    render(tokens) {
      const shown = tokens.filter(({ type }) => type !== 'reference_definition');
      return markdown.renderer.render(shown, markdown.options, {});
    },
  };
}

// One for all replies: it holds nothing of a text, and takes a while to make.
const markdown = createMarkdown();

function createMarkdown(): Markdown {
  const made = new MarkdownIt({ html: false, linkify: true, maxNesting: 32 });
  // `main.py` and `README.md` are files, and no hosts in Paraguay and Moldova.
  made.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  made.linkify.add('//', null).add('ftp:', null).add('mailto:', null);
  // The token rules decide what may be opened: refused here, a link's source would be shown.
  made.validateLink = () => true;
  // A definition is a block too: what follows it may still belong to it.
  made.core.ruler.disable('strip_references');
  addMathRules(made);
  addTableRules(made);
  addTokenRules(made);
  made.renderer.rules['fence'] = (tokens, i) => codeHtml(tokens[i]);
  made.renderer.rules['code_block'] = (tokens, i) => codeHtml(tokens[i]);
  made.renderer.rules['math_block'] = (tokens, i) =>
    `<p class="math">${markdown.utils.escapeHtml(tokens[i]?.content ?? '')}</p>\n`;
  for (const cell of ['th_open', 'td_open']) {
    made.renderer.rules[cell] = (tokens, i, options, _env, self) => {
      const align = /text-align:(center|right)/.exec(tokens[i]?.attrGet('style')?.toString() ?? '')?.[1];
      const token = tokens[i];
      if (token !== undefined) token.attrs = align === undefined ? null : [['class', `align-${align}`]];
      return self.renderToken(tokens, i, options);
    };
  }
  return made;
}

/** The language that a fence names: `''` if it names none. */
export function languageOf(info: string): string {
  return /^\s*\{?\.?([\w+#.-]{1,30})/.exec(info)?.[1] ?? '';
}

function codeHtml(token: Token | undefined): string {
  const language = languageOf(token?.info ?? '');
  const name = language === '' ? '' : ` class="language-${language}"`;
  return `<pre><code${name}>${markdown.utils.escapeHtml(token?.content ?? '')}</code></pre>\n`;
}
