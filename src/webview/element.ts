/** The codicons in use; each has a rule in `media/panel.css`. */
export type IconName =
  | 'add'
  | 'arrow-down'
  | 'arrow-up'
  | 'attach'
  | 'bug'
  | 'chevron-down'
  | 'chevron-right'
  | 'close'
  | 'comment-discussion'
  | 'copy'
  | 'edit'
  | 'ellipsis'
  | 'error'
  | 'eye'
  | 'file'
  | 'file-media'
  | 'file-pdf'
  | 'files'
  | 'fold'
  | 'git-compare'
  | 'history'
  | 'info'
  | 'insert'
  | 'json'
  | 'list-selection'
  | 'loading'
  | 'lock'
  | 'pinned'
  | 'refresh'
  | 'repo-forked'
  | 'search'
  | 'send'
  | 'settings'
  | 'stop-circle'
  | 'symbol-method'
  | 'terminal'
  | 'terminal-cmd'
  | 'unlock'
  | 'unmute'
  | 'warning';

/** Makes an element with attributes; texts among the children become text nodes. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A codicon: decoration only, the label is elsewhere. */
export function icon(name: IconName): HTMLElement {
  return element('span', { class: `icon icon-${name}`, 'aria-hidden': 'true' });
}

/** A button that shows an icon; its label is read out and shown on hover. */
export function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label },
    icon(name),
  );
  made.addEventListener('click', onClick);
  return made;
}

/** A button that shows a text. */
export function textButton(label: string, kind: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: kind }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** Gives an existing icon button another icon and label. */
export function changeIconButton(button: HTMLButtonElement, name: IconName, label: string): void {
  if (button.getAttribute('aria-label') === label) return;
  button.setAttribute('aria-label', label);
  button.title = label;
  button.replaceChildren(icon(name));
}
