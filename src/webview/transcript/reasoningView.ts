import type { PanelTurn } from '../../shared/panelMessages.ts';
import { element, icon } from '../element.ts';
import { createGrowingReply } from './growingReply.ts';
import type { TurnContext } from './turnContext.ts';
import { isFinal } from './turnStore.ts';

/** What the model thought, folded. */
export interface ReasoningView {
  readonly element: HTMLElement;
  show(turn: PanelTurn): void;
  push(text: string): void;
  render(): void;
}

/** Makes the view; its text is rendered only while it is unfolded. */
export function createReasoningView(context: TurnContext): ReasoningView {
  const text = createGrowingReply(context.reply, 'reasoning-text');
  const summary = element('summary', {}, icon('chevron-right'), context.texts.reasoning);
  const root = element('details', { class: 'reasoning' }, summary, text.element);
  root.hidden = true;
  let shown: PanelTurn | undefined;

  const draw = (): void => {
    if (root.open && shown !== undefined) text.show(shown.reasoning, isFinal(shown.state));
  };
  root.addEventListener('toggle', () => {
    if (shown === undefined) return;
    if (root.open) context.openReasoning.add(shown.id);
    else context.openReasoning.delete(shown.id);
    draw();
  });

  return {
    element: root,
    show(turn) {
      if (shown?.id !== turn.id) root.open = context.openReasoning.has(turn.id);
      shown = turn;
      root.hidden = turn.reasoning === '';
      draw();
    },
    push(piece) {
      root.hidden = false;
      if (root.open) text.push(piece);
    },
    render: () => text.render(),
  };
}
