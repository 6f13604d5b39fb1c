import type { Announcer } from './announcer.ts';
import { element } from './element.ts';

interface Part {
  readonly element: HTMLElement;
}

/** The parts of the page. */
export interface PageParts {
  readonly header: Part;
  readonly rooms: Part;
  readonly transcript: Part;
  readonly empty: HTMLElement;
  readonly findBar: Part;
  readonly toEnd: HTMLElement;
  readonly problem: Part;
  readonly composer: Part & { readonly dropZone: HTMLElement };
  readonly announcer: Announcer;
}

/** Puts the parts into the document; returns what shows the conversation, and what the list of chatrooms may cover. */
export function layOutPage(
  parts: PageParts,
  locale: string,
): { readonly view: HTMLElement; readonly main: HTMLElement } {
  const { transcript, empty, findBar, toEnd, announcer, problem, composer } = parts;
  toEnd.classList.add('to-end');
  const area = { class: 'transcript-area' };
  const view = element('div', area, transcript.element, empty, findBar.element, toEnd);
  const main = element('main', { class: 'main' }, view, announcer.toasts, problem.element, composer.element);
  const panes = element('div', { class: 'panes' }, parts.rooms.element, main);
  const page = element('div', { class: 'page' }, parts.header.element, panes);
  document.body.replaceChildren(page, composer.dropZone, announcer.region);
  document.documentElement.lang = locale;
  return { view, main };
}
