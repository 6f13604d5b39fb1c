import { element } from '../element.ts';
import { createTurnHeights } from './turnHeights.ts';
import type { TurnView } from './turnView.ts';

/** Turns within so many screens around the visible ones are in the DOM. */
const overscan = 1;
/** So close to its end, a transcript that is scrolled down sticks to it. */
const nearEnd = 24;

/** A place in the transcript: a turn, and how far its top lies above that of the window. */
export interface TurnPlace {
  readonly turn: number;
  readonly offset: number;
}

/** Indexes of the turns in and near the window. */
interface TurnRange {
  readonly first: number;
  readonly last: number;
}

/** Keeps only the turns near the window in the DOM, and the one at its top where it is while heights change. */
export interface TurnScroller {
  readonly element: HTMLElement;
  readonly isAtEnd: boolean;
  readonly place: TurnPlace;
  readonly range: TurnRange;
  row(index: number): TurnView | undefined;
  rows(): Iterable<TurnView>;
  /** Index of the turn whose row holds the node. */
  indexOf(node: Node | null): number | undefined;
  /** Drops all rows and heights. */
  clear(): void;
  setCount(count: number): void;
  /** Brings rows and positions up to date; `changed` are measured anew. */
  layout(changed?: Iterable<TurnView>): void;
  scrollToEnd(): void;
  scrollTo(place: TurnPlace): void;
  /** Scrolls as little as it takes to see the turn, or its beginning. */
  reveal(index: number): void;
  /** Scrolls a rectangle of the window into the middle, if it is outside. */
  revealRectangle(rectangle: DOMRect): void;
}

/** What the scroller asks of the transcript. */
export interface TurnScrollerOptions {
  readonly makeRow: (index: number, height: number) => TurnView;
  /** Rows that stay although they are far away: what is edited or selected in them would be lost. */
  readonly pinnedRows: () => Iterable<number | undefined>;
  readonly onLayout: () => void;
}

/** Makes the scrolling window of a transcript. */
export function createTurnScroller(options: TurnScrollerOptions): TurnScroller {
  const heights = createTurnHeights();
  const rows = new Map<number, TurnView>();
  const indexes = new WeakMap<Element, number>();
  const content = element('div', { class: 'turns' });
  const root = element('div', { class: 'transcript' }, content);
  let count = 0;
  let isAtEnd = true;
  let place: TurnPlace = { turn: 0, offset: 0 };
  let range: TurnRange = { first: 0, last: -1 };
  /** Where the window was put last: anything else is a person's scrolling. */
  let expected = 0;

  const observer = new ResizeObserver((entries) => {
    followPerson();
    const resized = entries.flatMap(({ target }) => rows.get(indexes.get(target) ?? -1) ?? []);
    if (measure(resized) || entries.some(({ target }) => target === root)) layout();
  });
  observer.observe(root);

  function followPerson(): void {
    const top = root.scrollTop;
    if (Math.abs(top - expected) <= 1) return;
    const left = heights.total - root.clientHeight - top;
    // Up by a hair is away from the end already, or each piece of an answer would pull it back.
    isAtEnd = top > expected ? left <= nearEnd : left <= 1;
    expected = top;
    const turn = heights.indexAt(top);
    place = { turn, offset: top - heights.top(turn) };
  }

  function windowTop(): number {
    const end = Math.max(0, heights.total - root.clientHeight);
    return isAtEnd ? end : Math.max(0, Math.min(end, heights.top(place.turn) + place.offset));
  }

  function measure(changed: Iterable<TurnView>): boolean {
    let isChanged = false;
    for (const row of changed) {
      if (!row.isLoaded || !row.element.isConnected) continue;
      isChanged = heights.measure(row.index, row.element.getBoundingClientRect().height) || isChanged;
    }
    return isChanged;
  }

  function mount(): TurnView[] {
    const screen = Math.max(root.clientHeight, 300);
    const top = windowTop();
    range =
      count === 0
        ? { first: 0, last: -1 }
        : {
            first: heights.indexAt(top - screen * overscan),
            last: heights.indexAt(top + screen * (1 + overscan)),
          };
    const wanted = new Set<number>();
    for (let index = range.first; index <= range.last; index++) wanted.add(index);
    for (const index of options.pinnedRows()) if (index !== undefined && index < count) wanted.add(index);
    for (const [index, row] of rows) {
      if (wanted.has(index)) continue;
      observer.unobserve(row.element);
      row.element.remove();
      rows.delete(index);
    }
    const added: TurnView[] = [];
    let next: Node | null = null;
    // From the last to the first, and without moving what is there: a moved element loses the focus.
    for (const index of [...wanted].toSorted((a, b) => b - a)) {
      const row = rows.get(index) ?? options.makeRow(index, heights.height(index));
      if (!rows.has(index)) {
        rows.set(index, row);
        indexes.set(row.element, index);
        content.insertBefore(row.element, next);
        observer.observe(row.element);
        added.push(row);
      }
      next = row.element;
    }
    return added;
  }

  function position(): void {
    for (const row of rows.values()) {
      const top = `${heights.top(row.index)}px`;
      if (row.element.style.top !== top) row.element.style.top = top;
    }
    const total = `${heights.total}px`;
    if (content.style.height !== total) content.style.height = total;
    const top = windowTop();
    if (Math.abs(root.scrollTop - top) > 0.5) root.scrollTop = top;
    expected = root.scrollTop;
  }

  function layout(changed: Iterable<TurnView> = []): void {
    followPerson();
    measure(changed);
    // A row that proves to be lower than thought makes room for more.
    for (let pass = 0; pass < 8; pass++) if (!measure(mount())) break;
    position();
    options.onLayout();
  }

  function scrollTo(target: TurnPlace): void {
    isAtEnd = false;
    place = target;
    layout();
    // Where that is the end, it is the end.
    isAtEnd = heights.total - root.clientHeight - root.scrollTop <= 1;
  }

  root.addEventListener('scroll', () => layout());

  return {
    element: root,
    get isAtEnd() {
      return isAtEnd;
    },
    get place() {
      if (!isAtEnd) return place;
      const top = windowTop();
      const turn = heights.indexAt(top);
      return { turn, offset: top - heights.top(turn) };
    },
    get range() {
      return range;
    },
    row: (index) => rows.get(index),
    rows: () => rows.values(),
    indexOf(node) {
      const row = (node instanceof Element ? node : node?.parentElement)?.closest('.turn');
      return row === null || row === undefined || !content.contains(row) ? undefined : indexes.get(row);
    },
    clear() {
      for (const row of rows.values()) observer.unobserve(row.element);
      rows.clear();
      content.replaceChildren();
      heights.clear();
      isAtEnd = true;
      place = { turn: 0, offset: 0 };
      root.scrollTop = 0;
      expected = 0;
    },
    setCount(changed) {
      followPerson();
      count = changed;
      heights.resize(changed);
      if (place.turn >= changed) place = { turn: Math.max(0, changed - 1), offset: 0 };
    },
    layout,
    scrollToEnd() {
      followPerson();
      isAtEnd = true;
      layout();
    },
    scrollTo,
    reveal(index) {
      layout();
      const top = heights.top(index);
      const bottom = top + heights.height(index);
      const screen = root.clientHeight;
      const from = root.scrollTop;
      if (top >= from && (bottom <= from + screen || top < from + screen / 2)) return;
      if (top < from || bottom - top > screen) scrollTo({ turn: index, offset: 0 });
      else scrollTo({ turn: index, offset: bottom - top - screen });
    },
    revealRectangle(rectangle) {
      const view = root.getBoundingClientRect();
      // The bar of a search covers what is at the very top.
      if (rectangle.top >= view.top + 48 && rectangle.bottom <= view.bottom) return;
      const turn = heights.indexAt(root.scrollTop + rectangle.top - view.top);
      const middle = root.scrollTop + rectangle.top - view.top - view.height / 2;
      scrollTo({ turn, offset: middle - heights.top(turn) });
    },
  };
}
