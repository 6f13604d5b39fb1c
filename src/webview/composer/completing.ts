import type { Completion, FromWebview } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { oncePerFrame } from '../frame.ts';
import { isComposingKey, replaceTyped } from '../textBox.ts';
import { createCompletionList } from './completionList.ts';
import { typedQuery } from './typedQuery.ts';
import type { TypedQuery } from './typedQuery.ts';

/** Completes what is typed after `#`, and after `/` at the beginning. */
export interface Completing {
  readonly element: HTMLElement;
  /** Whether the key was for the list. */
  onKey(event: KeyboardEvent): boolean;
  /** The answer of the host; one to an older query is left alone. */
  receive(query: string, items: readonly Completion[]): void;
  close(): void;
}

/**
 * Makes it for a box. The box stays a text box for screen readers, with the list as its popup: ARIA allows neither another
 * role nor `aria-expanded` for one of several lines.
 */
export function createCompleting(
  box: HTMLTextAreaElement,
  texts: PanelTexts,
  send: (message: FromWebview) => void,
): Completing {
  const list = createCompletionList(
    texts,
    (id) => {
      if (id === undefined) box.removeAttribute('aria-activedescendant');
      else box.setAttribute('aria-activedescendant', id);
    },
    (item) => take(item),
  );
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-haspopup', 'listbox');
  /** What the host was asked for; undefined: nothing that can be completed is before the caret. */
  let asked: TypedQuery | undefined;
  /** Where the word begins whose list a person closed. */
  let closedAt: number | undefined;

  const current = (): TypedQuery | undefined =>
    box.selectionStart === box.selectionEnd ? typedQuery(box.value, box.selectionStart) : undefined;
  function close(): void {
    asked = undefined;
    list.hide();
    box.removeAttribute('aria-controls');
  }
  function closeForWord(query: TypedQuery | undefined): void {
    closedAt = query?.start;
    close();
  }
  function look(): void {
    const query = current();
    if (query?.start !== closedAt) closedAt = undefined;
    if (query === undefined) close();
    else if (closedAt === undefined && (query.text !== asked?.text || query.start !== asked.start)) {
      asked = query;
      send({ type: 'complete', query: query.text });
    }
  }
  function take({ id, text }: Completion): void {
    const query = current();
    if (query === undefined) return;
    closeForWord(query);
    replaceTyped(box, query.start, query.start + query.text.length, text ?? '');
    if (text === undefined) send({ type: 'attach', id });
  }
  /** Enter sends a command that is typed to its end. */
  function isTyped({ text }: Completion): boolean {
    return text !== undefined && text.trimEnd() === current()?.text;
  }

  const lookSoon = oncePerFrame(look);
  box.addEventListener('input', lookSoon);
  box.addEventListener('blur', close);
  document.addEventListener('selectionchange', () => {
    if (asked !== undefined) lookSoon();
  });

  return {
    element: list.element,
    onKey(event) {
      const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!list.isOpen || !isPlain || isComposingKey(event)) return false;
      const { active } = list;
      if (event.key === 'Escape') closeForWord(current());
      else if (active === undefined) return false;
      else if (event.key === 'ArrowDown') list.go(list.index + 1);
      else if (event.key === 'ArrowUp') list.go(list.index - 1);
      else if (event.key === 'Home') list.go(0);
      else if (event.key === 'End') list.go(list.count - 1);
      else if (event.key === 'Tab' || (event.key === 'Enter' && !isTyped(active))) take(active);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    receive(query, items) {
      if (query !== asked?.text) return;
      // Much that begins with a slash is no command.
      if (items.length === 0 && query.startsWith('/')) {
        list.hide();
        return;
      }
      box.setAttribute('aria-controls', list.listbox.id);
      list.show(items);
    },
    close,
  };
}
