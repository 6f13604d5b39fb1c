import type { PanelTexts } from '../shared/panelTexts.ts';
import { element, iconButton } from './element.ts';
import { openMenu } from './menu.ts';
import type { MenuItem } from './menu.ts';
import { createNameEditor } from './nameEditor.ts';

/** The line at the top: which chatroom it is, and what can be done with it. */
export interface Header {
  readonly element: HTMLElement;
  show(name: string, details: string): void;
  setListOpen(isOpen: boolean): void;
  /** Makes the name a text box. `onName` gets another name. */
  rename(onName: (name: string) => void): void;
  focusToggle(): void;
}

/** What the header asks of the page. */
export interface HeaderOptions {
  readonly texts: PanelTexts;
  readonly onToggleList: () => void;
  readonly onNewChat: () => void;
  readonly menuItems: () => readonly MenuItem[];
}

/** Makes the header. */
export function createHeader(options: HeaderOptions): Header {
  const { texts } = options;
  const toggle = iconButton('history', texts.chatrooms, options.onToggleList);
  toggle.setAttribute('aria-expanded', 'false');
  const name = element('h1', { class: 'room-name' });
  const details = element('p', { class: 'room-details' });
  const title = element('div', { class: 'room-title' }, name, details);
  const more = iconButton('ellipsis', texts.more, () =>
    openMenu(options.menuItems(), texts.more, more, more),
  );
  more.setAttribute('aria-haspopup', 'menu');
  more.setAttribute('aria-expanded', 'false');
  const root = element(
    'header',
    { class: 'header' },
    toggle,
    title,
    iconButton('add', texts.newChat, options.onNewChat),
    more,
  );

  return {
    element: root,
    show(shownName, shownDetails) {
      const text = shownName === '' ? texts.newChat : shownName;
      name.textContent = text;
      name.title = text;
      details.textContent = shownDetails;
      details.title = shownDetails;
      details.hidden = shownDetails === '';
    },
    setListOpen: (isOpen) => toggle.setAttribute('aria-expanded', String(isOpen)),
    rename(onName) {
      const editor = createNameEditor(name.textContent ?? '', texts.newName, (changed) => {
        title.hidden = false;
        if (editor.contains(document.activeElement)) more.focus();
        editor.remove();
        if (changed !== undefined) onName(changed);
      });
      title.before(editor);
      title.hidden = true;
      editor.focus();
      editor.select();
    },
    focusToggle: () => toggle.focus(),
  };
}
