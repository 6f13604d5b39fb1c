/** What the coming and going of a person does. */
export interface PageEventTarget {
  /** Saves what is typed: the page may be gone the next moment. */
  readonly save: () => void;
  /** The page has the focus now, or no longer. */
  readonly onFocus: (hasFocus: boolean) => void;
  /** Puts the focus where a person can type. */
  readonly focus: () => void;
}

/** Listens to the coming and going of a person, who may be there already. */
export function listenToPageEvents({ save, onFocus, focus }: PageEventTarget): void {
  for (const event of ['pagehide', 'blur']) window.addEventListener(event, save);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) save();
  });
  // Whoever comes by a key or a command can type; whoever clicks goes on to what is clicked.
  const takeFocus = (): void => {
    if (!document.hasFocus()) return;
    onFocus(true);
    if (document.activeElement === document.body) focus();
  };
  window.addEventListener('focus', takeFocus);
  window.addEventListener('blur', () => onFocus(false));
  takeFocus();
}
