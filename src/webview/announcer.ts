import { element, icon, textButton } from './element.ts';

const shownFor = 6000;

/** Says things to screen readers, and shows them for some seconds. */
export interface Announcer {
  /** The live region; to be in the page from the start, or readers miss it. */
  readonly region: HTMLElement;
  /** Where notices show. */
  readonly toasts: HTMLElement;
  /** For screen readers only. */
  readonly say: (text: string) => void;
  /** Said and shown. */
  notify(text: string): void;
  /** Said and shown with a button, for `milliseconds`; taken away earlier by the function returned. */
  offer(text: string, button: string, milliseconds: number, onClick: () => void): () => void;
}

/** Makes the announcer of a page. */
export function createAnnouncer(): Announcer {
  const region = element('div', { class: 'visually-hidden', 'aria-live': 'polite', role: 'status' });
  const toasts = element('div', { class: 'toasts' });

  // A new node each time: the same text twice is said twice.
  const say = (text: string): void => region.replaceChildren(element('div', {}, text));

  const show = (toast: HTMLElement, milliseconds: number): (() => void) => {
    toasts.append(toast);
    const remove = (): void => toast.remove();
    const timer = setTimeout(remove, milliseconds);
    return () => {
      clearTimeout(timer);
      remove();
    };
  };

  return {
    region,
    toasts,
    say,
    notify(text) {
      say(text);
      // One at a time: a second notice would cover the transcript.
      toasts.querySelector('.toast-notice')?.remove();
      show(
        element('div', { class: 'toast toast-notice' }, icon('info'), element('span', {}, text)),
        shownFor,
      );
    },
    offer(text, label, milliseconds, onClick) {
      say(text);
      const button = textButton(label, 'link-button', onClick);
      return show(element('div', { class: 'toast' }, element('span', {}, text), button), milliseconds);
    },
  };
}
