/** What the keys between turns act on. */
export interface TurnKeyTarget {
  readonly count: number;
  /** What scrolls. */
  readonly window: HTMLElement;
  readonly focusTurn: (index: number) => void;
  /** The focus goes to the last turn, and its end shows. */
  readonly focusEnd: () => void;
}

/**
 * Arrows and page keys on a turn go to the next one; while a part of a long turn is still out of sight, they scroll.
 * Escape goes from what is inside to the turn itself.
 */
export function moveBetweenTurns(event: KeyboardEvent, index: number, target: TurnKeyTarget): void {
  const { currentTarget, key } = event;
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.turn') : null;
  if (row === null || currentTarget === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target !== row) {
    if (key !== 'Escape' || event.target instanceof HTMLTextAreaElement) return;
    row.focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const next = nextTurn(key, index, target.count);
  if (next === undefined || hasMore(key, row, target.window)) return;
  event.preventDefault();
  if (key === 'End') target.focusEnd();
  else if (next !== index) target.focusTurn(next);
}

function nextTurn(key: string, index: number, count: number): number | undefined {
  const next = {
    ArrowDown: index + 1,
    PageDown: index + 1,
    ArrowUp: index - 1,
    PageUp: index - 1,
    Home: 0,
    End: count - 1,
  }[key];
  return next === undefined ? undefined : Math.max(0, Math.min(count - 1, next));
}

function hasMore(key: string, row: HTMLElement, scrolled: HTMLElement): boolean {
  const own = row.getBoundingClientRect();
  const seen = scrolled.getBoundingClientRect();
  if (key === 'ArrowDown' || key === 'PageDown') return own.bottom > seen.bottom + 1;
  if (key === 'ArrowUp' || key === 'PageUp') return own.top < seen.top - 1;
  return false;
}
