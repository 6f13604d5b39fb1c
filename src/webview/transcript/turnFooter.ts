import type { PanelTurn } from '../../shared/panelMessages.ts';
import { element, icon, textButton } from '../element.ts';
import type { IconName } from '../element.ts';
import { clockTime } from '../times.ts';
import type { TurnContext } from './turnContext.ts';
import { isFinal } from './turnStore.ts';

/** What stands below a reply. */
export interface TurnFooter {
  /** How it goes, and what went wrong. */
  readonly element: HTMLElement;
  /** Who wrote it, when, and what it cost. */
  readonly details: HTMLElement;
  show(turn: PanelTurn): void;
}

/** Makes the footer of a turn. */
export function createTurnFooter(context: TurnContext): TurnFooter {
  const progress = element('div', { class: 'progress' });
  const problem = element('div', { class: 'problem' });
  const details = element('div', { class: 'turn-details' });
  const root = element('div', { class: 'turn-footer' }, progress, problem);
  let drawn = '';

  return {
    element: root,
    details,
    show(turn) {
      const { state, actions, model, usage, askedAt } = turn;
      // A button that has the focus must not be made anew by each change.
      const parts = JSON.stringify([turn.id, state, turn.problem, actions, model, usage, askedAt]);
      if (parts === drawn) return;
      drawn = parts;
      drawProgress(progress, turn, context);
      drawProblem(problem, turn, context);
      drawDetails(details, turn, context);
    },
  };
}

function drawProgress(place: HTMLElement, turn: PanelTurn, { texts }: TurnContext): void {
  place.hidden = isFinal(turn.state);
  place.replaceChildren(icon('loading'), element('span', {}, texts.states[turn.state]));
}

function drawProblem(place: HTMLElement, turn: PanelTurn, context: TurnContext): void {
  const text = turn.problem ?? '';
  const buttons = turn.actions.map((action, index) =>
    textButton(context.texts.actions[action], index === 0 ? 'button' : 'button secondary', () =>
      context.send({ type: 'runAction', turn: turn.id, action }),
    ),
  );
  const sentence =
    text === ''
      ? []
      : [element('p', { class: 'problem-text' }, icon(problemIcon(turn)), element('span', {}, text))];
  place.hidden = text === '' && buttons.length === 0;
  place.dataset['kind'] = turn.state === 'failed' ? 'error' : 'note';
  place.replaceChildren(
    ...sentence,
    ...(buttons.length === 0 ? [] : [element('div', { class: 'button-row' }, ...buttons)]),
  );
}

function problemIcon({ state }: PanelTurn): IconName {
  if (state === 'failed') return 'error';
  return state === 'interrupted' ? 'warning' : 'info';
}

function drawDetails(place: HTMLElement, turn: PanelTurn, { texts, locale }: TurnContext): void {
  const state =
    turn.state === 'answered' ? [] : [element('span', { class: 'turn-state' }, texts.states[turn.state])];
  const facts = [turn.model, turn.usage, clockTime(turn.askedAt, locale)]
    .filter((fact) => fact !== undefined && fact !== '')
    .map((fact) => element('span', {}, fact ?? ''));
  place.hidden = !isFinal(turn.state) || state.length + facts.length === 0;
  place.replaceChildren(
    ...[...state, ...facts].flatMap((part, index) => (index === 0 ? [part] : [' · ', part])),
  );
}
