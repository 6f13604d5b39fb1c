import type { Block } from './blockReader.ts';
import { createCodeView } from './codeView.ts';
import type { CodeOptions } from './codeToolbar.ts';
import type { CodeView } from './codeView.ts';
import type { IdleQueue } from './idleQueue.ts';
import { sanitiseMarkdown } from './sanitise.ts';

/** A block of markdown in the page. */
export interface BlockView {
  readonly html: string;
  /** Missing for a block that shows nothing. */
  readonly element?: HTMLElement;
  /** The block is complete; `codes` tells which code in it is, as an open block looks the same. */
  close(queue: IdleQueue, codes: Block['codes']): void;
}

/** Makes the DOM of blocks from their HTML, which is sanitised here. */
export function createBlockViews(
  blocks: readonly Pick<Block, 'html' | 'codes'>[],
  options: CodeOptions,
): BlockView[] {
  const shown = blocks.flatMap(({ html }) => (html === '' ? [] : [html]));
  // At once: for each piece of HTML, a document is made to read it in.
  const all = [...sanitiseMarkdown(shown.join('')).childNodes];
  const isWhole = all.length === shown.length && all.every((node) => node instanceof HTMLElement);
  return blocks.map((block) => {
    if (block.html === '') return { html: '', close: () => undefined };
    const next = isWhole ? all.shift() : undefined;
    return createView(
      block,
      next === undefined ? [...sanitiseMarkdown(block.html).childNodes] : [next],
      options,
    );
  });
}

function createView(
  { html, codes }: Pick<Block, 'html' | 'codes'>,
  nodes: readonly Node[],
  options: CodeOptions,
): BlockView {
  const box = document.createElement('div');
  box.append(...nodes);
  const views: CodeView[] = [];
  for (const [at, pre] of [...box.querySelectorAll('pre')].entries()) {
    const source = codes[at];
    if (source === undefined) continue;
    const view = createCodeView(source, options);
    view.push(source.code);
    pre.replaceWith(view.element);
    views.push(view);
  }
  const close: BlockView['close'] = (queue, closed) => {
    for (const [at, view] of views.entries()) view.close(queue, closed[at]?.isClosed === true);
  };
  for (const table of box.querySelectorAll('table')) scrollable(table);
  if (box.childNodes.length === 0) return { html, close };
  const only = box.childNodes.length === 1 ? box.firstChild : undefined;
  return { html, close, element: only instanceof HTMLElement ? only : box };
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
