import type { FindBar } from './find/findBar.ts';

/** What the keys of the whole page act on. */
export interface PageKeyTarget {
  readonly findBar: FindBar;
  readonly isRunning: () => boolean;
  readonly canFind: () => boolean;
  readonly stop: () => void;
}

/** Ctrl+F (Cmd+F) and F3 find, Escape stops the answer. Whatever is open takes its Escape before. */
export function listenToPageKeys(target: PageKeyTarget): void {
  const { findBar } = target;
  document.addEventListener('keydown', (event) => {
    const isFind =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f';
    if (isFind && target.canFind()) findBar.open();
    else if (event.key === 'F3' && findBar.isOpen) findBar.go(event.shiftKey ? -1 : 1);
    else if (event.key === 'F3' && target.canFind()) findBar.open();
    else if (event.key === 'Escape' && !event.isComposing && findBar.isOpen) findBar.close();
    else if (event.key === 'Escape' && !event.isComposing && target.isRunning()) target.stop();
    else return;
    event.preventDefault();
  });
}
