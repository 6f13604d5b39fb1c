import type { PanelTurn } from '../../shared/panelMessages.ts';
import { element, icon, textButton } from '../element.ts';
import type { TurnContext } from './turnContext.ts';

const longText = 1200;
const longLines = 12;

/** The prompt of a turn as plain text; a long one is folded. */
export interface PromptView {
  readonly element: HTMLElement;
  /** Where the words are. */
  readonly text: HTMLElement;
  show(turn: PanelTurn): void;
  /** Shows all of it. */
  unfold(): void;
}

/** Makes the view of a prompt. */
export function createPromptView(context: TurnContext): PromptView {
  const { texts } = context;
  const text = element('div', { class: 'prompt-text' });
  const more = textButton(texts.showMore, 'link-button prompt-more', () => fold(!isOpen()));
  const attachments = element('ul', { class: 'attachments' });
  const root = element('div', { class: 'prompt' }, text, more, attachments);
  let shown: PanelTurn | undefined;
  let prompt = '';

  const isOpen = (): boolean => shown !== undefined && context.openPrompts.has(shown.id);

  const fold = (isToOpen: boolean): void => {
    if (shown === undefined) return;
    if (isToOpen) context.openPrompts.add(shown.id);
    else context.openPrompts.delete(shown.id);
    draw();
  };
  const draw = (): void => {
    const isLong = prompt.length > longText || prompt.split('\n', longLines + 1).length > longLines;
    const isFolded = isLong && !isOpen();
    // A folded prompt of a megabyte costs no layout.
    text.textContent = isFolded ? `${shortened(prompt)}…` : prompt;
    more.hidden = !isLong;
    more.textContent = isFolded ? texts.showMore : texts.showLess;
    more.setAttribute('aria-expanded', String(!isFolded));
  };

  return {
    element: root,
    text,
    show(turn) {
      shown = turn;
      if (turn.prompt !== prompt || text.textContent === '') {
        prompt = turn.prompt;
        draw();
      }
      root.hidden = prompt === '' && turn.attachments.length === 0;
      attachments.hidden = turn.attachments.length === 0;
      attachments.replaceChildren(
        ...turn.attachments.map((name) =>
          element('li', { class: 'attachment', title: name }, icon('attach'), element('span', {}, name)),
        ),
      );
    },
    unfold: () => fold(true),
  };
}

function shortened(prompt: string): string {
  const lines = prompt.slice(0, longText).split('\n', longLines + 1);
  const kept = lines.slice(0, longLines).join('\n').trimEnd();
  // Never half of a surrogate pair.
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}
