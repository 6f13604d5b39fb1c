import { element } from '../element.ts';
import { fillText } from '../fillText.ts';
import { renderReply } from '../markdown/replyView.ts';
import { createGrowingReply } from './growingReply.ts';
import { createPromptEditor } from './promptEditor.ts';
import type { PromptEditor } from './promptEditor.ts';
import { createPromptView } from './promptView.ts';
import type { TurnContext } from './turnContext.ts';
import { createReasoningView } from './reasoningView.ts';
import { createTurnFooter } from './turnFooter.ts';
import { createTurnToolbar } from './turnToolbar.ts';
import { isFinal } from './turnStore.ts';
import type { HeldTurn } from './turnStore.ts';

/** A turn in the page. */
export interface TurnView {
  readonly element: HTMLElement;
  readonly index: number;
  /** Whether a turn shows, or only its place. */
  readonly isLoaded: boolean;
  /** Brings the view in line with the turn; only what changed is touched. */
  show(turn: HeldTurn): void;
  /** Of how many turns it is one. */
  setCount(count: number): void;
  pushReply(text: string): void;
  pushReasoning(text: string): void;
  /** Once per frame, after pushes. */
  render(): void;
  /** Opens the box in which the prompt is edited, with this text, or closes it. */
  setEditing(text: string | undefined): void;
  /** The focus goes into that box. */
  focusEditor(): void;
  /** Whether the Tab key stops here. */
  setTabStop(isStop: boolean): void;
  /** Where the words of a part are, all of them shown. */
  partElement(part: 'prompt' | 'reply', isToUnfold: boolean): HTMLElement;
}

/** Makes the view of the turn at `index`: its place, `height` pixels high, until `show`. */
export function createTurnView(context: TurnContext, index: number, height: number): TurnView {
  const { texts } = context;
  const prompt = createPromptView(context);
  const reasoning = createReasoningView(context);
  const reply = createGrowingReply(context.reply, 'reply');
  const alternatives = element('div', { class: 'alternatives' });
  const notices = element('div', { class: 'notices' });
  const footer = createTurnFooter(context);
  const toolbar = createTurnToolbar(context);
  const model = element('h2', { class: 'visually-hidden' }, texts.model);
  const column = element('div', { class: 'turn-column' }, element('p', { class: 'loading' }, texts.loading));
  const root = element('article', { class: 'turn', tabindex: '-1' }, column);
  root.style.minHeight = `${height}px`;

  let shown: HeldTurn | undefined;
  let editor: PromptEditor | undefined;
  let drawnAlternatives: readonly string[] = [];

  const drawAlternatives = (turn: HeldTurn): void => {
    if (isSame(turn.alternatives, drawnAlternatives)) return;
    drawnAlternatives = turn.alternatives;
    const made = turn.alternatives.map((text, at) => {
      const heading = element('h3', { class: 'alternative-heading' }, fillText(texts.alternative, at + 2));
      return element('section', { class: 'alternative' }, heading, renderReply(text, context.reply).element);
    });
    alternatives.replaceChildren(...made);
  };
  const setEditing = (text: string | undefined): void => {
    const isEditing = text !== undefined;
    if (isEditing === (editor !== undefined) || shown === undefined) return;
    editor?.element.remove();
    editor = undefined;
    prompt.element.hidden = isEditing;
    if (!isEditing) return;
    const { id } = shown;
    editor = createPromptEditor(text, {
      texts,
      onChange: (changed) => context.changeEdit(changed),
      onSend(edited) {
        context.edit(undefined);
        context.send({ type: 'editPrompt', turn: id, text: edited });
      },
      onCancel: () => context.edit(undefined),
      onTooLong: () => context.notify(texts.promptTooLong),
    });
    prompt.element.after(editor.element);
  };

  return {
    element: root,
    index,
    get isLoaded() {
      return shown !== undefined;
    },
    show(turn) {
      const hadFocus = root.contains(document.activeElement);
      if (shown === undefined) {
        root.style.minHeight = '';
        column.replaceChildren(
          element('h2', { class: 'visually-hidden' }, texts.you),
          prompt.element,
          model,
          notices,
          reasoning.element,
          reply.element,
          alternatives,
          footer.element,
          element('div', { class: 'turn-bottom' }, footer.details, toolbar.element),
        );
      }
      shown = turn;
      const isComplete = isFinal(turn.state);
      root.dataset['state'] = turn.state;
      root.setAttribute('aria-label', `${texts.you}: ${turn.prompt.slice(0, 120)}`);
      root.setAttribute('aria-posinset', String(index + 1));
      prompt.show(turn);
      if (editor !== undefined) prompt.element.hidden = true;
      notices.replaceChildren(...turn.notices.map((text) => element('p', { class: 'notice' }, text)));
      reasoning.show(turn);
      reply.show(turn.reply, isComplete);
      drawAlternatives(turn);
      footer.show(turn);
      toolbar.show(turn, isComplete);
      // What had the focus may be gone, such as the button of an action.
      if (hadFocus && !root.contains(document.activeElement)) root.focus({ preventScroll: true });
    },
    setCount: (count) => root.setAttribute('aria-setsize', String(count)),
    pushReply: (text) => reply.push(text),
    pushReasoning: (text) => reasoning.push(text),
    render() {
      reply.render();
      reasoning.render();
    },
    setEditing,
    focusEditor: () => editor?.focus(),
    setTabStop(isStop) {
      root.tabIndex = isStop ? 0 : -1;
      toolbar.setTabStop(isStop);
    },
    partElement(part, isToUnfold) {
      if (part === 'reply') return reply.element;
      if (isToUnfold) prompt.unfold();
      return prompt.text;
    },
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
