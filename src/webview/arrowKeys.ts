/** Where an arrow key, Home or End goes from the one of a row that has the focus, round its ends; undefined: nowhere. */
export function arrowTarget(
  row: readonly HTMLElement[],
  key: string,
  isVertical: boolean,
): HTMLElement | undefined {
  const at = row.findIndex((each) => each === document.activeElement);
  if (at < 0) return undefined;
  return {
    [isVertical ? 'ArrowDown' : 'ArrowRight']: row[(at + 1) % row.length],
    [isVertical ? 'ArrowUp' : 'ArrowLeft']: row.at(at - 1),
    Home: row[0],
    End: row.at(-1),
  }[key];
}

/** Makes arrows go between buttons, and `setStop` hear which of them has the focus, and so is where the Tab key stops. */
export function addArrowKeys(
  root: HTMLElement,
  row: () => readonly HTMLElement[],
  setStop: (button: HTMLElement) => void,
): void {
  root.addEventListener('focusin', ({ target }) => {
    const button = row().find((each) => each === target);
    if (button !== undefined) setStop(button);
  });
  root.addEventListener('keydown', (event) => {
    const target = arrowTarget(row(), event.key, false);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  });
}
