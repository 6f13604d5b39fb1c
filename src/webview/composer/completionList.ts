import type { Completion } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { attachmentIcon } from '../attachments/attachmentIcon.ts';
import { element, icon } from '../element.ts';

/** The list above the box: what can be put in place of what is typed. */
export interface CompletionList {
  readonly element: HTMLElement;
  readonly listbox: HTMLElement;
  /** The row that a key takes. */
  readonly active: Completion | undefined;
  readonly isOpen: boolean;
  show(items: readonly Completion[]): void;
  hide(): void;
  /** Goes to a row by its index; the first follows the last. */
  go(index: number): void;
  readonly index: number;
  readonly count: number;
}

/** Makes the list, closed. `onActive` gets the id of the element of the active row, if there is one. */
export function createCompletionList(
  texts: PanelTexts,
  onActive: (id: string | undefined) => void,
  onTake: (item: Completion) => void,
): CompletionList {
  const listbox = element('div', {
    class: 'completion-rows',
    role: 'listbox',
    id: 'completions',
    'aria-label': texts.completions,
  });
  const nothing = element('p', { class: 'completion-nothing' }, texts.noCompletions);
  const root = element('div', { class: 'completions' }, listbox, nothing);
  root.hidden = true;
  let items: readonly Completion[] = [];
  let rows: HTMLElement[] = [];
  let active = -1;

  function go(index: number, isToReveal = true): void {
    rows[active]?.setAttribute('aria-selected', 'false');
    active = rows.length === 0 ? -1 : (index + rows.length) % rows.length;
    const row = rows[active];
    row?.setAttribute('aria-selected', 'true');
    if (isToReveal) row?.scrollIntoView({ block: 'nearest' });
    onActive(row?.id);
  }
  function indexAt(target: EventTarget | null): number {
    const row = target instanceof Element ? target.closest<HTMLElement>('.completion') : null;
    return row === null ? -1 : rows.indexOf(row);
  }

  // The box keeps the focus.
  root.addEventListener('mousedown', (event) => event.preventDefault());
  listbox.addEventListener('click', (event) => {
    const item = items[indexAt(event.target)];
    if (item !== undefined) onTake(item);
  });
  listbox.addEventListener('pointermove', (event) => {
    const index = indexAt(event.target);
    if (index >= 0 && index !== active) go(index, false);
  });

  return {
    element: root,
    listbox,
    get active() {
      return items[active];
    },
    get isOpen() {
      return !root.hidden;
    },
    get index() {
      return active;
    },
    get count() {
      return rows.length;
    },
    show(shown) {
      items = shown;
      rows = shown.map(drawRow);
      listbox.replaceChildren(...rows);
      listbox.hidden = rows.length === 0;
      nothing.hidden = rows.length > 0;
      root.hidden = false;
      active = -1;
      go(0);
    },
    hide() {
      if (root.hidden) return;
      root.hidden = true;
      items = [];
      rows = [];
      listbox.replaceChildren();
      go(-1);
    },
    go,
  };
}

function drawRow({ kind, label, details }: Completion, index: number): HTMLElement {
  return element(
    'div',
    {
      class: 'completion',
      role: 'option',
      id: `completion-${index}`,
      'aria-selected': 'false',
      title: details === '' ? label : `${label}\n${details}`,
    },
    icon(attachmentIcon(kind)),
    element('span', { class: 'completion-label' }, label),
    element('span', { class: 'completion-details' }, details),
  );
}
