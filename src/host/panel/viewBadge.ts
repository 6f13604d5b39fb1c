import * as vscode from 'vscode';
import type { LiveTurns } from '../rooms/liveTurns.ts';
import type { Conversation } from './conversation.ts';

/** Counts the answers that end while nobody sees the view, on its icon; they are seen when it shows. */
export function badgeOf(
  view: vscode.WebviewView,
  live: LiveTurns,
  shown: () => Conversation,
): vscode.Disposable {
  let count = 0;
  const draw = () => {
    view.badge =
      count === 0
        ? undefined
        : {
            value: count,
            tooltip: vscode.l10n.t('Answers that came while the panel was hidden: {0}', count),
          };
  };
  const subscriptions = [
    live.onEvent(({ type, turn }) => {
      if (type !== 'ended' || view.visible || turn.live.turn.state === 'stopped') return;
      if (shown().own(turn.live.turn.id) !== turn) return;
      count += 1;
      draw();
    }),
    view.onDidChangeVisibility(() => {
      if (!view.visible) return;
      count = 0;
      draw();
    }),
  ];
  return vscode.Disposable.from(...subscriptions);
}
