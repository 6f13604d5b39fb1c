import type { Connection } from '../api/connection.ts';
import type { ModelInfo } from '../api/wire.ts';
import type { L10n } from './l10n.ts';
import type { ModelState } from './localServer.ts';
import { isShown, modelFacts } from './modelFacts.ts';

/** What is known of a model in a few words, for a picker; plain text. */
export function modelSummary(
  connection: Connection,
  model: ModelInfo,
  state: ModelState | undefined,
  l10n: L10n,
): string {
  const { contextWindow, isEstimate, imageInput, toolCalling } = modelFacts(connection, model);
  const size = tokens(contextWindow);
  const stateText = state && stateTexts[state](l10n);
  return [
    ...(stateText ? [stateText] : []),
    isEstimate ? l10n.t('about {0} tokens (estimate)', size) : l10n.t('{0} tokens', size),
    ...(toolCalling ? [l10n.t('tools')] : []),
    ...(imageInput ? [l10n.t('images')] : []),
    ...(isShown(connection, model) ? [] : [l10n.t('not among the shown models')]),
  ].join(' · ');
}

/** What to know before the first prompt to a local model; empty where it can answer at once. */
export function stateNote(state: ModelState | undefined, l10n: L10n): string {
  if (state === 'loading') return l10n.t('It is being loaded; a prompt waits until it is there.');
  return state === 'notLoaded' ? l10n.t('The first prompt loads it, which takes a while.') : '';
}

const stateTexts: Readonly<Record<ModelState, (l10n: L10n) => string>> = {
  loaded: () => '',
  loading: (l10n) => l10n.t('loading…'),
  notLoaded: (l10n) => l10n.t('not loaded'),
};

/** `128K`, `1.05M`; windows are told in thousands of 1000 or of 1024. */
function tokens(count: number): string {
  if (count >= 1_000_000) return `${Number((count / 1_000_000).toFixed(2))}M`;
  if (count < 1000) return String(count);
  return `${Math.round(count % 1024 === 0 ? count / 1024 : count / 1000)}K`;
}
