import type { PanelContext } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { element, icon } from '../element.ts';
import { fillText } from '../fillText.ts';
import { roughTokens } from './roughTokens.ts';

/** From this share of the window on, the meter warns. */
const nearlyFull = 0.9;
const restDelay = 300;

/** How much of the model's window the next request takes. */
export interface ContextMeter {
  readonly element: HTMLElement;
  show(context: PanelContext): void;
  /** Adds an estimate of what is typed, when typing rests. */
  countTyped(text: () => string): void;
}

/** Makes the meter, hidden until something is known. */
export function createContextMeter(texts: PanelTexts, locale: string): ContextMeter {
  const ring = element('span', { class: 'meter-ring' });
  const figure = element('span', { class: 'meter-text' });
  const root = element('div', { class: 'meter', role: 'img' }, ring, icon('warning'), figure);
  root.hidden = true;
  const exact = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  let context: PanelContext | undefined;
  let typed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function draw(): void {
    if (context === undefined) return;
    const { limit, summary } = context;
    const tokens = context.tokens + typed;
    const inWords = (format: Intl.NumberFormat): string =>
      limit === undefined
        ? fillText(texts.tokens, format.format(tokens))
        : fillText(texts.tokensOfLimit, format.format(tokens), format.format(limit));
    const share = limit === undefined || limit <= 0 ? 0 : Math.min(1, tokens / limit);
    root.hidden = limit === undefined && tokens === 0;
    ring.hidden = limit === undefined;
    ring.style.setProperty('--share', `${Math.round(share * 360)}deg`);
    root.classList.toggle('is-nearly-full', share >= nearlyFull);
    figure.textContent = inWords(short);
    const lines = [inWords(exact), summary].filter((line) => line !== '');
    root.title = lines.join('\n');
    root.setAttribute('aria-label', lines.join('. '));
  }

  return {
    element: root,
    show(changed) {
      context = changed;
      draw();
    },
    countTyped(text) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const tokens = roughTokens(text());
        if (tokens === typed) return;
        typed = tokens;
        draw();
      }, restDelay);
    },
  };
}
