import { longestName } from '../../shared/panelLimits.ts';
import type { FindResult, FromWebview } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { element, iconButton } from '../element.ts';
import { fillText } from '../fillText.ts';
import type { Transcript } from '../transcript/transcript.ts';
import { textRanges } from './textRanges.ts';

const searchDelay = 200;
/** Frames in which a place is kept in sight. */
const keptFrames = 20;

/** The bar that finds words in the whole conversation. */
export interface FindBar {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  /** `text` is what to look for, in place of what stands in the box. */
  open(text?: string): void;
  /** As {@link open}, for the host: the key that has opened the bar in the page comes through VS Code a second time. */
  openFor(text: string): void;
  close(): void;
  /** The next or the previous place: 1 or -1. */
  go(step: number): void;
  showResults(query: string, results: readonly FindResult[], isCut: boolean): void;
  /** Marks the words in what is in the page now: after each layout of the transcript. */
  mark(): void;
}

/** What the bar asks of the page. */
export interface FindBarOptions {
  readonly texts: PanelTexts;
  readonly send: (message: FromWebview) => void;
  readonly say: (text: string) => void;
  readonly transcript: () => Transcript;
  /** Takes away what lies over the conversation. */
  readonly onOpen: () => void;
  /** Where the focus goes when the bar closes and was not opened from somewhere else. */
  readonly onClose: () => void;
}

/** Makes the bar, closed. */
export function createFindBar(options: FindBarOptions): FindBar {
  const { texts, send } = options;
  const box = element('input', {
    class: 'find-text',
    type: 'text',
    'aria-label': texts.find,
    placeholder: texts.find,
    maxlength: String(longestName),
  });
  const count = element('span', { class: 'find-count' });
  const previous = iconButton('arrow-up', texts.findPrevious, () => go(-1));
  const next = iconButton('arrow-down', texts.findNext, () => go(1));
  const root = element(
    'search',
    { class: 'find-bar' },
    box,
    count,
    previous,
    next,
    iconButton('close', texts.close, close),
  );
  root.hidden = true;

  let results: readonly FindResult[] = [];
  let isCut = false;
  let current = 0;
  let found = '';
  /** The current place is still to be scrolled to. */
  let isToReveal = false;
  let opener: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    if (root.hidden) return;
    const hadFocus = root.contains(document.activeElement);
    root.hidden = true;
    clearTimeout(timer);
    results = [];
    found = '';
    unmark();
    if (!hadFocus) return;
    if (opener?.isConnected === true) opener.focus({ preventScroll: true });
    else options.onClose();
  }
  function search(): void {
    clearTimeout(timer);
    if (box.value === '') showResults('', [], false);
    else send({ type: 'find', query: box.value });
  }
  function go(step: number): void {
    if (box.value !== found) search();
    else if (results.length > 0) turnTo((current + step + results.length) % results.length);
  }
  function turnTo(index: number): void {
    current = index;
    reveal();
  }
  function reveal(): void {
    const result = results[current];
    drawCount();
    if (result === undefined) return;
    isToReveal = true;
    const transcript = options.transcript();
    if (transcript.row(result.turn)?.isLoaded === true) mark();
    else transcript.show(result.turn);
  }
  function showResults(query: string, given: readonly FindResult[], isCutOff: boolean): void {
    if (root.hidden || query !== box.value) return;
    const isNew = query !== found;
    found = query;
    results = given;
    isCut = isCutOff;
    if (given.length === 0) {
      unmark();
      drawCount();
      return;
    }
    // From where the person is, as editors do.
    const place = options.transcript().place.turn;
    const ahead = given.findIndex(({ turn }) => turn >= place);
    if (isNew) turnTo(ahead < 0 ? given.length - 1 : ahead);
    else turnTo(Math.min(current, given.length - 1));
    mark();
  }
  function drawCount(): void {
    const isEmpty = results.length === 0;
    const total = isCut ? `${results.length}+` : results.length;
    const text = isEmpty ? texts.noMatches : fillText(texts.matches, current + 1, total);
    count.textContent = found === '' ? '' : text;
    previous.disabled = isEmpty;
    next.disabled = isEmpty;
    if (found !== '') options.say(text);
  }
  function mark(): void {
    if (root.hidden || found === '') return;
    const transcript = options.transcript();
    const result = results[current];
    const all: Range[] = [];
    let here: Range | undefined;
    for (const row of transcript.rows()) {
      row.element.classList.remove('is-found');
      if (!row.isLoaded) continue;
      for (const part of ['prompt', 'reply'] as const) {
        const isHere = result?.turn === row.index && result.part === part;
        const ranges = textRanges(row.partElement(part, isHere && isToReveal), found);
        for (const range of ranges) all.push(range);
        if (!isHere) continue;
        // Markup can hide an occurrence, such as one in the target of a link: then the turn itself is marked.
        here = ranges[Math.min(result.occurrence, ranges.length - 1)];
        if (here === undefined) row.element.classList.add('is-found');
      }
    }
    CSS.highlights?.set('tachyon-found', highlightOf(all));
    if (here === undefined) CSS.highlights?.delete('tachyon-found-here');
    else CSS.highlights?.set('tachyon-found-here', new Highlight(here));
    if (!isToReveal || result === undefined || transcript.row(result.turn)?.isLoaded !== true) return;
    isToReveal = false;
    const place = here ?? transcript.row(result.turn)?.element;
    if (place !== undefined) keepInSight(place, current, keptFrames);
  }
  /** A long text has its real height only where it has been in sight: what is above the place grows, and moves it. */
  function keepInSight(place: Range | Element, index: number, frames: number): void {
    const node = place instanceof Range ? place.startContainer : place;
    if (frames === 0 || root.hidden || index !== current || !node.isConnected) return;
    options.transcript().revealRectangle(place.getBoundingClientRect());
    requestAnimationFrame(() => keepInSight(place, index, frames - 1));
  }
  function unmark(): void {
    CSS.highlights?.delete('tachyon-found');
    CSS.highlights?.delete('tachyon-found-here');
    for (const row of options.transcript().rows()) row.element.classList.remove('is-found');
  }

  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, searchDelay);
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === box && !event.isComposing) go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function open(text = ''): void {
    options.onOpen();
    if (root.hidden)
      opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    if (opener === document.body) opener = undefined;
    root.hidden = false;
    if (text !== '') {
      box.value = text;
      found = '';
    }
    box.focus();
    box.select();
    if (box.value !== '' && found === '') search();
    else drawCount();
  }

  return {
    element: root,
    get isOpen() {
      return !root.hidden;
    },
    open,
    openFor(text) {
      const isNeeded = options.transcript().turns.count > 0 && !root.contains(document.activeElement);
      if (text !== '' || isNeeded) open(text);
    },
    close,
    go,
    showResults,
    mark,
  };
}

/** One by one: a call takes no ten thousands of arguments. */
function highlightOf(ranges: readonly Range[]): Highlight {
  const made = new Highlight();
  for (const range of ranges) made.add(range);
  return made;
}
