import type { FromWebview, PanelTexts, RoomKey } from '../shared/panelMessages.ts';
import { createDraftSaver } from './draftSaver.ts';
import { changeIconButton, element, iconButton } from './element.ts';
import { fillText } from './fillText.ts';
import { growWithText, isSendKey, longestPrompt } from './textBox.ts';

/** The box for prompts, with its model and the button that sends or stops. */
export interface Composer {
  readonly element: HTMLElement;
  focus(): void;
  /** Takes over the text of another room; the draft of the room before is sent first. */
  open(room: RoomKey | undefined, draft: string): void;
  /** Another room was asked for: what is typed from now on belongs there. */
  leave(): void;
  /** The other room does not come: the text of this one is back. */
  stay(): void;
  /** The same conversation has a room now. */
  adopt(room: RoomKey | undefined): void;
  setModel(model: string): void;
  setRunning(isRunning: boolean): void;
  /** Puts a text into the box, above what is typed there. */
  compose(text: string): void;
  /** Sends the draft at once, if it is not sent yet. */
  flushDraft(): void;
}

/** Makes the composer; `onSubmit` follows each prompt that is sent. */
export function createComposer(
  texts: PanelTexts,
  send: (message: FromWebview) => void,
  onSubmit: (text: string) => void,
): Composer {
  const box = element('textarea', {
    class: 'composer-text',
    'aria-label': texts.prompt,
    placeholder: texts.promptPlaceholder,
    maxlength: String(longestPrompt),
    rows: '1',
  });
  const model = element('button', { type: 'button', class: 'model-button' });
  const action = iconButton('send', texts.send, () => (isRunning ? send({ type: 'stopReply' }) : submit()));
  action.classList.add('send-button');
  const bar = element('div', { class: 'composer-bar' }, model, action);
  const root = element('div', { class: 'composer' }, element('div', { class: 'composer-box' }, box, bar));

  let room: RoomKey | undefined;
  let isRunning = false;
  const saver = createDraftSaver(sendDraft);
  /** The host has a draft under the room as it was before its first prompt. */
  let hasDraft = false;
  /** A room has been opened: until then nobody knows whose draft and whose prompt it is. */
  let isOpen = false;
  let isSubmitDue = false;
  /** What stood here when another room was asked for. */
  let left: string | undefined;

  function sendDraft(): void {
    saver.drop();
    if (isOpen) tellDraft(box.value);
  }
  function tellDraft(text: string): void {
    hasDraft = text !== '';
    send({ type: 'changeDraft', ...(room === undefined ? {} : { room }), text });
  }
  function changed(): void {
    growWithText(box);
    action.disabled = !isRunning && box.value.trim() === '';
  }
  function put(text: string): void {
    box.value = text;
    changed();
  }
  function submit(): void {
    const text = box.value;
    if (isRunning || text.trim() === '' || text.length > longestPrompt) return;
    isSubmitDue = !isOpen;
    if (isSubmitDue) return;
    saver.drop();
    hasDraft = false;
    put('');
    send({ type: 'submitPrompt', text });
    onSubmit(text);
    box.focus();
  }

  /** What was typed meanwhile goes on below the draft, or out if it was sent. */
  function openFirst(draft: string): void {
    const typed = box.value;
    isOpen = true;
    left = undefined;
    if (isSubmitDue) submit();
    if (typed === '') put(draft);
    else if (draft !== '') put(box.value === '' ? draft : `${draft}\n\n${typed}`);
    if (typed !== '' && box.value !== '') sendDraft();
  }

  box.addEventListener('input', () => {
    changed();
    isSubmitDue = false;
    saver.changed();
  });
  box.addEventListener('blur', () => saver.flush());
  box.addEventListener('keydown', (event) => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    // Held down since a room or a suggestion was picked with it.
    if (!event.repeat) submit();
  });
  model.addEventListener('click', () => send({ type: 'pickModel' }));
  // The width of the page changes where lines break.
  new ResizeObserver(() => growWithText(box)).observe(root);
  changed();

  return {
    element: root,
    focus() {
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    },
    open(next, draft) {
      saver.flush();
      room = next;
      hasDraft = draft !== '';
      if (isOpen) put(draft);
      else openFirst(draft);
    },
    leave() {
      if (!isOpen) return;
      saver.flush();
      left = box.value;
      isOpen = false;
      put('');
    },
    stay() {
      if (left === undefined) return;
      isSubmitDue = false;
      openFirst(left);
    },
    adopt(next) {
      if (room === next) return;
      const isTyped = hasDraft || saver.isDue;
      if (hasDraft) tellDraft('');
      room = next;
      if (left !== undefined && isTyped) tellDraft(left);
      else if (isTyped) sendDraft();
    },
    setModel(name) {
      model.textContent = name;
      model.hidden = name === '';
      model.title = fillText(texts.pickModel, name);
      model.setAttribute('aria-label', fillText(texts.pickModel, name));
    },
    setRunning(changedTo) {
      isRunning = changedTo;
      const hadFocus = document.activeElement === action;
      changeIconButton(action, isRunning ? 'stop-circle' : 'send', isRunning ? texts.stop : texts.send);
      action.classList.toggle('is-stop', isRunning);
      action.disabled = !isRunning && box.value.trim() === '';
      if (hadFocus && action.disabled) box.focus();
    },
    compose(text) {
      const own = box.value;
      if (own !== '') sendDraft();
      put(own.trim() === '' || own === text ? text : `${text}\n\n${own}`);
      sendDraft();
      box.focus();
      box.setSelectionRange(text.length, text.length);
    },
    flushDraft: () => saver.flush(),
  };
}
