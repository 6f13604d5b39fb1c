import { createCodeView } from './codeView.ts';
import type { CodeTexts, CodeView } from './codeView.ts';
import { sanitiseMarkdown } from './sanitise.ts';

/** A block of markdown in the page. */
export interface BlockView {
  readonly html: string;
  /** Missing for a block that shows nothing. */
  readonly element?: HTMLElement;
  /** The code blocks in it. */
  readonly codes: readonly CodeView[];
}

/** Makes the DOM of blocks from their HTML, which is sanitised here. */
export function createBlockViews(htmls: readonly string[], texts: CodeTexts): BlockView[] {
  const shown = htmls.filter((html) => html !== '');
  // At once: for each piece of HTML, a document is made to read it in.
  const all = [...sanitiseMarkdown(shown.join('')).childNodes];
  const isWhole = all.length === shown.length && all.every((node) => node instanceof HTMLElement);
  return htmls.map((html) => {
    if (html === '') return { html, codes: [] };
    const next = isWhole ? all.shift() : undefined;
    return createView(html, next === undefined ? [...sanitiseMarkdown(html).childNodes] : [next], texts);
  });
}

function createView(html: string, nodes: readonly Node[], texts: CodeTexts): BlockView {
  const box = document.createElement('div');
  box.append(...nodes);
  const codes = [...box.querySelectorAll('pre')].map((pre) => {
    const language = /^language-(.+)$/.exec(pre.querySelector('code')?.className ?? '')?.[1] ?? '';
    const code = createCodeView(language, texts);
    code.push(pre.textContent);
    pre.replaceWith(code.element);
    return code;
  });
  for (const table of box.querySelectorAll('table')) scrollable(table);
  if (box.childNodes.length === 0) return { html, codes };
  const only = box.childNodes.length === 1 ? box.firstChild : undefined;
  return { html, codes, element: only instanceof HTMLElement ? only : box };
}

/** A wide table scrolls by itself, and not the conversation. */
function scrollable(table: HTMLTableElement): void {
  const box = document.createElement('div');
  box.className = 'table-box';
  box.tabIndex = 0;
  box.setAttribute('role', 'group');
  table.replaceWith(box);
  box.append(table);
}
