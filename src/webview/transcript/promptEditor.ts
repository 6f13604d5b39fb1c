import { longestPrompt } from '../../shared/panelLimits.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { element, textButton } from '../element.ts';
import { isSendKey, refuseTooLong } from '../textBox.ts';

/** The box in which a prompt that was sent is edited. */
export interface PromptEditor {
  readonly element: HTMLElement;
  focus(): void;
}

/** What the box asks of its turn. */
export interface PromptEditorOptions {
  readonly texts: PanelTexts;
  readonly onChange: (text: string) => void;
  /** Gets a prompt that is not empty. */
  readonly onSend: (text: string) => void;
  readonly onCancel: () => void;
  /** A text was not taken, or the prompt not sent. */
  readonly onTooLong: () => void;
}

/** Makes the box. */
export function createPromptEditor(prompt: string, options: PromptEditorOptions): PromptEditor {
  const { texts, onCancel, onTooLong } = options;
  const box = element('textarea', {
    class: 'prompt-edit',
    'aria-label': texts.editPrompt,
    maxlength: String(longestPrompt),
    rows: '1',
  });
  box.value = prompt;
  const send = (): void => {
    if (box.value.length > longestPrompt) onTooLong();
    else if (box.value.trim() !== '') options.onSend(box.value);
  };
  const resend = textButton(texts.resend, 'button', send);
  const buttons = element(
    'div',
    { class: 'button-row' },
    resend,
    textButton(texts.cancel, 'button secondary', onCancel),
  );
  const root = element('div', { class: 'prompt-editor' }, box, buttons);
  refuseTooLong(box, longestPrompt, onTooLong);
  box.addEventListener('input', () => {
    resend.disabled = box.value.trim() === '';
    options.onChange(box.value);
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
    focus() {
      box.focus({ preventScroll: true });
      box.setSelectionRange(box.value.length, box.value.length);
    },
  };
}
