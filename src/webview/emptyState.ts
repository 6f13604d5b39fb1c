import type { PanelTexts } from '../shared/panelTexts.ts';
import { element, icon, textButton } from './element.ts';

/** What shows before the first prompt. */
export function createEmptyState(texts: PanelTexts, onSuggestion: (text: string) => void): HTMLElement {
  const suggestions = texts.suggestions.map((text) =>
    textButton(text, 'suggestion', () => onSuggestion(text)),
  );
  return element(
    'div',
    { class: 'empty-state' },
    icon('comment-discussion'),
    element('h2', {}, texts.emptyTitle),
    element('p', {}, texts.emptyText),
    element('div', { class: 'suggestions' }, ...suggestions),
  );
}
