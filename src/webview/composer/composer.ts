import { longestPrompt } from '../../shared/panelLimits.ts';
import type { FromWebview, RoomKey, ToWebview } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import type { Announcer } from '../announcer.ts';
import { createAttachmentTray } from '../attachments/attachmentTray.ts';
import { createDropZone } from '../attachments/dropZone.ts';
import { createIntake } from '../attachments/intake.ts';
import { isTextPaste, readTransfer } from '../attachments/transferred.ts';
import { element } from '../element.ts';
import { isSendKey, refuseTooLong } from '../textBox.ts';
import { createCompleting } from './completing.ts';
import { createComposerBar } from './composerBar.ts';
import { createContextMeter } from './contextMeter.ts';
import { createDraft } from './draft.ts';
import { createPromptHistory } from './promptHistory.ts';

/** What the host tells the composer alone. */
type ForComposer = Extract<
  ToWebview,
  { type: 'context' | 'completions' | 'history' | 'compose' | 'askReceipt' }
>;

/** The box for prompts, with what goes along with one, the model, and the button that sends or stops. */
export interface Composer {
  readonly element: HTMLElement;
  /** Shows while something is dragged over the page. */
  readonly dropZone: HTMLElement;
  focus(): void;
  /** Takes over the text of another room; the draft of the room before is sent first. */
  open(room: RoomKey | undefined, draft: string): void;
  /** Another room was asked for: what is typed from now on belongs there. */
  leave(): void;
  /** The other room does not come: the text of this one is back. */
  stay(): void;
  /** The same conversation has a room now. */
  adopt(room: RoomKey | undefined): void;
  show(model: string, parameters: string, isRunning: boolean): void;
  setRunning(isRunning: boolean): void;
  /** Puts a text into the box, above what is typed there. */
  compose(text: string): void;
  /** Sends the draft at once, if it is not sent yet. */
  flushDraft(): void;
  receive(message: ForComposer): void;
}

/** What the composer asks of the page. */
export interface ComposerOptions {
  readonly texts: PanelTexts;
  readonly locale: string;
  readonly send: (message: FromWebview) => void;
  readonly announcer: Announcer;
}

/** Makes the composer; `onSubmit` follows each prompt that is sent. */
export function createComposer(options: ComposerOptions, onSubmit: (text: string) => void): Composer {
  const { texts, locale, send, announcer } = options;
  const box = element('textarea', {
    class: 'composer-text',
    'aria-label': texts.prompt,
    placeholder: texts.promptPlaceholder,
    maxlength: String(longestPrompt),
    rows: '1',
  });
  const text = (): string => box.value;
  const meter = createContextMeter(texts, locale);
  const bar = createComposerBar({
    texts,
    send,
    meter: meter.element,
    onSubmit: submit,
    onReceipt: showReceipt,
    focusBox,
  });
  const tray = createAttachmentTray(texts, send, (said) => announcer.say(said), focusBox);
  const completing = createCompleting(box, texts, send);
  const typedText = (): string => history.typed ?? box.value;
  const draft = createDraft(typedText, send);
  const history = createPromptHistory(
    box,
    () => send({ type: 'loadHistory' }),
    (earlier, caret) => {
      draft.flush();
      put(earlier);
      box.setSelectionRange(caret, caret);
    },
  );
  const intake = createIntake(
    texts,
    send,
    (sentence) => announcer.notify(sentence),
    () => {
      if (isReceiptDue) showReceipt();
      if (isSubmitDue) submit();
    },
  );
  const frame = element('div', { class: 'composer-box' }, tray.element, box, bar.element);
  const root = element('div', { class: 'composer' }, completing.element, frame);
  const dropZone = createDropZone(texts, (dropped) => {
    intake.take(dropped);
    box.focus();
  });
  let isRunning = false;
  /** Enter was pressed before the conversation was there, or before all files were read. */
  let isSubmitDue = false;
  /** It was asked for before the conversation was there, or waits for files that are being read: they would go out too. */
  let isReceiptDue = false;

  function changed(): void {
    bar.setEmpty(!/\S/.test(box.value));
    meter.countTyped(text);
  }
  function put(next: string): void {
    box.value = next;
    changed();
    completing.close();
  }
  function submit(): void {
    const prompt = box.value;
    isSubmitDue = false;
    if (isRunning || !/\S/.test(prompt)) return;
    if (prompt.length > longestPrompt) {
      announcer.notify(texts.promptTooLong);
      return;
    }
    isSubmitDue = !draft.isOpen || intake.isReading;
    if (isSubmitDue) return;
    const typed = history.typed ?? '';
    draft.drop();
    history.add(prompt);
    put(typed);
    send({ type: 'submitPrompt', text: prompt });
    if (typed !== '') draft.send();
    onSubmit(prompt);
    box.focus();
  }
  function showReceipt(): void {
    isReceiptDue = !draft.isOpen || intake.isReading;
    if (!isReceiptDue) send({ type: 'showReceipt', text: box.value });
  }
  /** What was typed meanwhile goes on below the draft, or out if it was sent. */
  function openFirst(kept: string): void {
    const typed = box.value;
    if (isSubmitDue) submit();
    if (typed === '') put(kept);
    else if (kept !== '') put(box.value === '' ? kept : `${kept}\n\n${typed}`);
    if (typed !== '' && box.value !== '') draft.send();
  }
  function focusBox(): void {
    box.focus();
  }
  function focus(): void {
    // Whoever is there already may have selected something.
    if (document.activeElement === box) return;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
  function compose(composed: string): void {
    const own = typedText();
    if (own !== '') draft.send();
    history.leave();
    put(own.trim() === '' || own === composed ? composed : `${composed}\n\n${own}`);
    draft.send();
    box.focus();
    box.setSelectionRange(composed.length, composed.length);
  }

  refuseTooLong(box, longestPrompt, () => announcer.notify(texts.promptTooLong));
  box.addEventListener('input', () => {
    changed();
    isSubmitDue = false;
    history.edit();
    draft.change();
  });
  box.addEventListener('blur', () => draft.flush());
  box.addEventListener('keydown', (event) => {
    if (completing.onKey(event) || history.onKey(event) || !isSendKey(event)) return;
    event.preventDefault();
    // Held down since a room or a suggestion was picked with it.
    if (!event.repeat) submit();
  });
  root.addEventListener('paste', (event) => {
    const data = event.clipboardData;
    if (data === null || isTextPaste(data)) return;
    const pasted = readTransfer(data);
    if (pasted.uris.length === 0 && pasted.files.length === 0) return;
    event.preventDefault();
    intake.take(pasted);
  });

  return {
    element: root,
    dropZone,
    focus,
    open(room, kept) {
      history.forget();
      tray.open();
      intake.forget();
      const wasOpen = draft.isOpen;
      draft.open(room, kept);
      if (wasOpen) {
        isSubmitDue = false;
        isReceiptDue = false;
        put(kept);
      } else {
        openFirst(kept);
      }
      if (isReceiptDue) showReceipt();
    },
    leave() {
      if (!draft.isOpen) return;
      draft.leave();
      isReceiptDue = false;
      history.leave();
      intake.forget();
      put('');
    },
    stay() {
      const { left } = draft;
      if (left === undefined) return;
      isSubmitDue = false;
      draft.stay();
      openFirst(left);
    },
    adopt: (room) => draft.adopt(room),
    show(model, parameters, running) {
      bar.setModel(model);
      bar.setParameters(parameters);
      isRunning = running;
      bar.setRunning(running);
    },
    setRunning(running) {
      isRunning = running;
      bar.setRunning(running);
    },
    compose,
    flushDraft: () => draft.flush(),
    receive(message) {
      switch (message.type) {
        case 'context':
          tray.show(message.context.attachments);
          meter.show(message.context);
          return;
        case 'completions':
          completing.receive(message.query, message.items);
          return;
        case 'history':
          history.receive(message.prompts);
          return;
        case 'askReceipt':
          showReceipt();
          return;
        case 'compose':
          compose(message.text);
      }
    },
  };
}
