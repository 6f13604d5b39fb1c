import type { PanelTurn, TurnState } from '../shared/panelMessages.ts';
import type { PanelTexts } from '../shared/panelTexts.ts';
import { isFinal } from './transcript/turnStore.ts';

/** Tells screen readers how answers go: once when one begins, once when it ends. */
export interface Announcements {
  /** A turn as it is now; the first time it is only remembered, if it is over. */
  follow(turn: Pick<PanelTurn, 'id' | 'state' | 'problem'>): void;
  /** Text of the answer came. */
  begin(turn: string): void;
}

/** Makes the announcements of a page. */
export function createAnnouncements(texts: PanelTexts, say: (text: string) => void): Announcements {
  /** Turns that are not over, and whether their beginning was told. */
  const running = new Map<string, boolean>();
  const ends: Partial<Record<TurnState, string>> = {
    answered: texts.announceAnswered,
    failed: texts.announceFailed,
    interrupted: texts.announceFailed,
    stopped: texts.announceStopped,
  };

  const begin = (turn: string): void => {
    if (running.get(turn) !== false) return;
    running.set(turn, true);
    say(texts.announceStarted);
  };
  return {
    begin,
    follow({ id, state, problem = '' }) {
      if (!isFinal(state)) {
        if (!running.has(id)) running.set(id, false);
        if (state === 'streaming') begin(id);
        return;
      }
      if (running.delete(id)) say([ends[state], problem].filter((part) => part !== '').join(' '));
    },
  };
}
