import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import { isMisleading, readLinkTarget } from './linkTarget.ts';

/** The parser looks for emphasis and links in this much text of a block, in characters; more of it stays plain. */
const longestInline = 10_000;
const longestTarget = 200;

/**
 * Rules that make of markdown what may be shown: links lead to http, https and mailto only and show where, pictures become
 * links, long paragraphs stay plain. `env.picture` is shown in place of a picture; `{0}` in it is a description.
 */
export function addTokenRules(markdown: MarkdownIt): void {
  markdown.core.ruler.at('inline', parseInline);
  markdown.inline.ruler.push('line_break', lineBreak);
  markdown.core.ruler.push('links', (state) => {
    const picture = String(state.env['picture']);
    for (const token of state.tokens) {
      if (token.children !== null) token.children = rewriteLinks(state, token.children, picture);
    }
  });
  markdown.core.ruler.push('tasks', markTasks);
}

/** `<br>` is how models end a line in a table: the only HTML that means something. */
function lineBreak(state: StateInline, silent: boolean): boolean {
  const length = /^<br ?\/?>/i.exec(state.src.slice(state.pos, state.pos + 6))?.[0].length ?? 0;
  if (length === 0) return false;
  if (!silent) state.push('hardbreak', 'br', 0);
  state.pos += length;
  return true;
}

function parseInline(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type !== 'inline') continue;
    token.children = [];
    if (token.content.length <= longestInline) {
      state.md.inline.parse(token.content, state.md, state.env, token.children);
    } else {
      token.children.push(textToken(state, token.content));
      token.content = ''; // or linkify would search it
    }
  }
}

function rewriteLinks(state: StateCore, tokens: readonly Token[], picture: string): Token[] {
  const rewritten: Token[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (token === undefined) break;
    if (token.type === 'image') {
      rewritten.push(...pictureTokens(state, token, picture));
    } else if (token.type === 'link_open') {
      const end = tokens.findIndex(({ type }, at) => at > i && type === 'link_close');
      const inner = tokens
        .slice(i + 1, end)
        .map((part) => (part.type === 'image' ? textToken(state, describe(part, picture)) : part));
      rewritten.push(...linkTokens(state, attribute(token, 'href'), inner, token.info === 'auto'));
      i = end;
    } else {
      rewritten.push(token);
    }
  }
  return rewritten;
}

function pictureTokens(state: StateCore, token: Token, picture: string): Token[] {
  return linkTokens(state, attribute(token, 'src'), [textToken(state, describe(token, picture))], false);
}

function describe(token: Token, picture: string): string {
  const name = token.content.trim() || attribute(token, 'src').replace(/^data:.*/is, '');
  return picture.replace('{0}', () => name.slice(0, longestTarget));
}

/** A link that says where it leads if its text does not; what must not be opened becomes text. */
function linkTokens(state: StateCore, href: string, inner: readonly Token[], isAuto: boolean): Token[] {
  const target = readLinkTarget(href);
  const label = inner.map(({ content }) => content).join('');
  if (target === undefined) {
    return isAuto || label === href || href === '' ? [...inner] : [...inner, aside(state, href)];
  }
  const open = new state.Token('link_open', 'a', 1);
  open.attrs = [
    ['href', target.href],
    ['title', target.href],
  ];
  const close = new state.Token('link_close', 'a', -1);
  const shown = label.trim() === '' ? [textToken(state, target.href)] : inner;
  return [open, ...shown, close, ...(isMisleading(label, target) ? [aside(state, target.place)] : [])];
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function aside(state: StateCore, text: string): Token {
  return textToken(state, ` (${text.length > longestTarget ? `${text.slice(0, longestTarget)}…` : text})`);
}

function textToken(state: StateCore, content: string): Token {
  const token = new state.Token('text', '', 0);
  token.content = content;
  return token;
}

/** `- [x] done` */
function markTasks(state: StateCore): void {
  state.tokens.forEach((token, i) => {
    const item = state.tokens[i - 2];
    const first = token.children?.[0];
    if (token.type !== 'inline' || item?.type !== 'list_item_open' || first?.type !== 'text') return;
    const box = /^\[([ xX])\](?=\s)/.exec(first.content);
    if (box === null) return;
    first.content = (box[1] === ' ' ? '☐' : '☑') + first.content.slice(3);
    item.attrSet('class', 'task');
  });
}
