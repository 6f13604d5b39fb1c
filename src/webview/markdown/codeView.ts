import type { CodeSource } from './codeSource.ts';
import { createCodeToolbar } from './codeToolbar.ts';
import type { CodeOptions } from './codeToolbar.ts';
import { highlightCode } from './highlightCode.ts';
import type { IdleQueue } from './idleQueue.ts';
import { languageOf } from './markdownParser.ts';
import { createSlicedText } from './slicedText.ts';
import { visibleText } from './visibleText.ts';

const sliceSize = { length: 2000, longestLine: 32_000 };
/** Longer code is not coloured, in characters. */
const longestColoured = 100_000;
/** A highlighter colours so much at a time. */
const colouredAtOnce = 12_000;

/** A block of code with its header. */
export interface CodeView {
  readonly element: HTMLElement;
  /** More of it, as the model wrote it. */
  push(code: string): void;
  /** Nothing follows: it gets its colours when there is time, and if it is whole, buttons to use it. */
  close(queue: IdleQueue, isWhole: boolean): void;
}

/** A block of code that is empty yet. */
export function createCodeView(source: CodeSource, options: CodeOptions): CodeView {
  const language = languageOf(source.info);
  const element = make('div', 'code-block');
  const header = make('div', 'code-header');
  const name = make('span', 'code-language');
  name.textContent = language;
  const written: string[] = [];
  const toolbar = createCodeToolbar(
    { ...source, language, shown: () => code.textContent, written: () => written.join('') },
    options,
  );
  header.append(name, toolbar.element);
  const pre = make('pre', 'code-text');
  // Without a tab stop, long lines could not be scrolled to with the keyboard.
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  pre.setAttribute(
    'aria-label',
    options.texts.code.replace('{0}', () => language || 'text'),
  );
  const code = make('code', '');
  pre.append(code);
  element.append(header, pre);
  const sliced = createSlicedText(code, 'code-slice', sliceSize);
  let length = 0;
  return {
    element,
    push(text) {
      written.push(text);
      const visible = visibleText(text);
      length += visible.length;
      sliced.push(visible);
    },
    close(queue, isWhole) {
      if (isWhole && length > 0) toolbar.offerUses();
      if (length > longestColoured || length === 0) return;
      for (const slices of together(sliced.slices)) queue.add(() => colour(slices, language));
    },
  };
}

/** Neighbouring slices, as many as are coloured at once. */
function together(slices: readonly HTMLElement[]): HTMLElement[][] {
  const groups: HTMLElement[][] = [];
  let length = Infinity;
  for (const slice of slices) {
    const own = slice.textContent.length;
    if (length + own > colouredAtOnce) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(slice);
    length += own;
  }
  return groups;
}

function colour(slices: readonly HTMLElement[], language: string): void {
  const coloured = highlightCode(slices.map(({ textContent }) => textContent).join(''), language);
  if (coloured === undefined) return;
  slices[0]?.replaceChildren(coloured);
  for (const slice of slices.slice(1)) slice.remove();
}

function make<K extends 'div' | 'span' | 'pre' | 'code'>(
  tag: K,
  className: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  return element;
}
