import type { L10n } from '../l10n.ts';

/** How a conversation stands: what its running turns do, the latest step first, or that it cannot be used. */
export type QuickState = 'sending' | 'waiting' | 'streaming' | 'recovering' | 'problem';

/** A conversation at a glance. */
export interface QuickLook {
  /** The connection, or the model where there is no room yet. */
  readonly place: string;
  /** Missing: nothing runs, and nothing is wrong. */
  readonly state?: QuickState;
  /** Of the whole room; may be empty. */
  readonly usage: string;
}

/** The same in one short line. */
export function quickLookText({ place, state, usage }: QuickLook, l10n: L10n): string {
  return [place, state ? stateText(state, l10n) : '', usage].filter((part) => part !== '').join(' · ');
}

/** A state in a word or two. */
export function stateText(state: QuickState, l10n: L10n): string {
  return stateTexts[state](l10n);
}

const stateTexts: Readonly<Record<QuickState, (l10n: L10n) => string>> = {
  sending: (l10n) => l10n.t('sending…'),
  waiting: (l10n) => l10n.t('waiting to send again…'),
  streaming: (l10n) => l10n.t('answering…'),
  recovering: (l10n) => l10n.t('looking for the answer…'),
  problem: (l10n) => l10n.t('cannot be used now'),
};
