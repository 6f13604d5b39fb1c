import type { FromWebview, TurnAction } from '../shared/panelMessages.ts';
import type { PanelTexts } from '../shared/panelTexts.ts';
import { element, icon, textButton } from './element.ts';

/** Why a conversation cannot be shown or used, and what can be done. */
export interface ProblemBar {
  readonly element: HTMLElement;
  show(problem: string | undefined, actions: readonly TurnAction[]): void;
}

/** Makes the bar, empty and hidden. */
export function createProblemBar(
  texts: PanelTexts,
  send: (message: FromWebview) => void,
  say: (text: string) => void,
): ProblemBar {
  const root = element('div', { class: 'problem problem-bar' });
  root.hidden = true;
  let drawn = '';
  return {
    element: root,
    show(problem = '', actions) {
      const parts = JSON.stringify([problem, actions]);
      if (parts === drawn) return;
      drawn = parts;
      const buttons = actions.map((action, index) =>
        textButton(texts.actions[action], index === 0 ? 'button' : 'button secondary', () =>
          send({ type: 'runAction', action }),
        ),
      );
      root.hidden = problem === '' && buttons.length === 0;
      root.replaceChildren(
        element('p', { class: 'problem-text' }, icon('warning'), element('span', {}, problem)),
        element('div', { class: 'button-row' }, ...buttons),
      );
      if (problem !== '') say(problem);
    },
  };
}
