import type { PanelTurn } from '../../shared/panelMessages.ts';
import { addArrowKeys } from '../arrowKeys.ts';
import { element, iconButton } from '../element.ts';
import type { TurnContext } from './turnContext.ts';

/** The buttons of a turn: one stop of the Tab key, arrows go between them. */
export interface TurnToolbar {
  readonly element: HTMLElement;
  show(turn: PanelTurn, isComplete: boolean): void;
  /** Whether the Tab key stops here. */
  setTabStop(isStop: boolean): void;
}

/** Makes the toolbar of a turn. */
export function createTurnToolbar(context: TurnContext): TurnToolbar {
  const { texts, send } = context;
  let shown: PanelTurn | undefined;
  let isStop = false;
  const act = (run: (turn: PanelTurn) => void) => (): void => {
    if (shown !== undefined) run(shown);
  };

  const copy = iconButton(
    'copy',
    texts.copy,
    act((turn) => context.copy(turn.reply)),
  );
  const askAgain = iconButton(
    'refresh',
    texts.askAgain,
    act((turn) => send({ type: 'askAgain', turn: turn.id })),
  );
  const fork = iconButton(
    'repo-forked',
    texts.forkFrom,
    act((turn) => send({ type: 'forkFrom', turn: turn.id })),
  );
  const edit = iconButton(
    'edit',
    texts.editPrompt,
    act((turn) => context.edit(turn.id)),
  );
  const sent = iconButton(
    'json',
    texts.showSent,
    act((turn) => send({ type: 'showSent', turn: turn.id })),
  );
  const buttons = [copy, askAgain, fork, edit, sent];
  const root = element('div', { class: 'turn-toolbar', role: 'toolbar' }, ...buttons);

  const visible = (): HTMLButtonElement[] => buttons.filter((button) => !button.hidden);
  const setStops = (current: HTMLElement | undefined): void => {
    for (const button of buttons) button.tabIndex = isStop && button === current ? 0 : -1;
  };

  // Buttons come and go while an answer does; the one that has the focus stays the stop.
  const resetStops = (): void => {
    const all = visible();
    setStops(all.find((button) => button === document.activeElement) ?? all[0]);
  };
  addArrowKeys(root, visible, setStops);

  return {
    element: root,
    show(turn, isComplete) {
      shown = turn;
      copy.hidden = turn.reply === '';
      askAgain.hidden = !isComplete;
      fork.hidden = !isComplete || !turn.canFork;
      edit.hidden = !isComplete || !turn.canFork;
      sent.hidden = !turn.hasRequest;
      root.hidden = visible().length === 0;
      resetStops();
    },
    setTabStop(changed) {
      if (isStop === changed) return;
      isStop = changed;
      resetStops();
    },
  };
}
