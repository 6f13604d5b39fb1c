import type { FromWebview, PanelAttachment } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { changeIconButton, element, icon, iconButton } from '../element.ts';
import { fillText } from '../fillText.ts';
import { openMenu } from '../menu.ts';
import type { MenuPlace } from '../menu.ts';
import { attachmentIcon } from './attachmentIcon.ts';

/** What goes out with the prompt, as a row of buttons: open, secrets if there are any, remove. */
export interface AttachmentChip {
  readonly element: HTMLElement;
  /** The buttons that arrows lead to. */
  readonly stops: () => readonly HTMLElement[];
  show(attachment: PanelAttachment): void;
}

/** Makes a chip. */
export function createAttachmentChip(
  texts: PanelTexts,
  send: (message: FromWebview) => void,
  onRemove: (attachment: PanelAttachment) => void,
): AttachmentChip {
  const open = element('button', { type: 'button', class: 'chip-open', tabindex: '-1' });
  const secrets = iconButton('lock', '', () => openChipMenu(secrets));
  secrets.setAttribute('aria-haspopup', 'menu');
  secrets.setAttribute('aria-expanded', 'false');
  const removal = iconButton('close', '', () => remove());
  const root = element('div', { class: 'chip' }, open, secrets, removal);
  let shown: PanelAttachment | undefined;
  for (const button of [secrets, removal]) button.tabIndex = -1;

  function remove(): void {
    if (shown !== undefined) onRemove(shown);
  }
  function openChipMenu(place: MenuPlace): void {
    if (shown === undefined) return;
    const { id: attachment, name, sendsSecrets } = shown;
    const toggle = {
      label: sendsSecrets ? texts.maskSecrets : texts.sendSecrets,
      run: () => send({ type: 'sendSecrets', attachment, isSent: !sendsSecrets }),
    };
    const items = [
      ...(shown.secrets > 0 ? [toggle] : []),
      { label: fillText(texts.detach, name), run: remove },
    ];
    openMenu(items, name, place, root);
  }

  open.addEventListener('click', () => {
    if (shown !== undefined) send({ type: 'openAttachment', attachment: shown.id });
  });
  root.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    event.stopPropagation();
    // The key has no place of its own.
    openChipMenu(event.button === 2 ? { x: event.clientX, y: event.clientY } : open);
  });
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    event.stopPropagation();
    remove();
  });

  return {
    element: root,
    stops: () => (secrets.hidden ? [open] : [open, secrets]),
    show(attachment) {
      shown = attachment;
      const { kind, name, details, size, cut = '', problem = '', sendsSecrets } = attachment;
      const count = attachment.secrets;
      const ofSecrets =
        count > 0 ? fillText(sendsSecrets ? texts.secretsSent : texts.secretsMasked, count) : '';
      const more = [details, problem, cut, ofSecrets].filter((part) => part !== '');
      root.classList.toggle('has-problem', problem !== '');
      open.replaceChildren(
        icon(problem === '' ? attachmentIcon(kind) : 'error'),
        element('span', { class: 'chip-name' }, name),
        ' ',
        element('span', { class: 'chip-size' }, size),
        ...(cut === '' ? [] : [icon('fold')]),
        element('span', { class: 'visually-hidden' }, more.join(', ')),
      );
      open.title = [name, size, ...more].join('\n');
      secrets.hidden = count === 0;
      changeIconButton(secrets, sendsSecrets ? 'unlock' : 'lock', ofSecrets);
      secrets.classList.toggle('is-sent', sendsSecrets);
      const label = fillText(texts.detach, name);
      removal.title = label;
      removal.setAttribute('aria-label', label);
    },
  };
}
