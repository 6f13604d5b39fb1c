import type { PanelTexts } from '../../shared/panelMessages.ts';
import { element, textButton } from '../element.ts';
import { growWithText, isSendKey, longestPrompt } from '../textBox.ts';

/** The box in which a prompt that was sent is edited. */
export interface PromptEditor {
  readonly element: HTMLElement;
  /** To be called in the page. */
  open(): void;
}

/** Makes the box; `onSend` gets a prompt that is not empty. */
export function createPromptEditor(
  prompt: string,
  texts: PanelTexts,
  onSend: (text: string) => void,
  onCancel: () => void,
): PromptEditor {
  const box = element('textarea', {
    class: 'prompt-edit',
    'aria-label': texts.editPrompt,
    maxlength: String(longestPrompt),
    rows: '1',
  });
  box.value = prompt;
  const send = (): void => {
    if (box.value.trim() !== '' && box.value.length <= longestPrompt) onSend(box.value);
  };
  const resend = textButton(texts.resend, 'button', send);
  const buttons = element(
    'div',
    { class: 'button-row' },
    resend,
    textButton(texts.cancel, 'button secondary', onCancel),
  );
  const root = element('div', { class: 'prompt-editor' }, box, buttons);
  box.addEventListener('input', () => {
    growWithText(box);
    resend.disabled = box.value.trim() === '';
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') onCancel();
    else if (event.target !== box || !isSendKey(event)) return;
    // Held down since it opened this box.
    else if (!event.repeat) send();
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element: root,
    open() {
      growWithText(box);
      box.focus({ preventScroll: true });
      box.setSelectionRange(box.value.length, box.value.length);
    },
  };
}
