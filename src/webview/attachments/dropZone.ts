import type { PanelTexts } from '../../shared/panelTexts.ts';
import { element, icon } from '../element.ts';
import { canTransfer, readTransfer } from './transferred.ts';
import type { Transferred } from './transferred.ts';

/** Makes all of the page a place to drop on, and returns what shows while something is dragged over it. */
export function createDropZone(texts: PanelTexts, onDrop: (dropped: Transferred) => void): HTMLElement {
  const root = element(
    'div',
    { class: 'drop-zone', 'aria-hidden': 'true' },
    element('div', { class: 'drop-text' }, icon('attach'), element('span', {}, texts.dropHere)),
  );
  root.hidden = true;
  /** It began in the page: a link or a selected text. */
  let isOwn = false;
  const isTaken = ({ dataTransfer }: DragEvent): boolean =>
    !isOwn && dataTransfer !== null && canTransfer(dataTransfer);

  document.addEventListener('dragstart', () => {
    isOwn = true;
  });
  document.addEventListener('dragend', () => {
    isOwn = false;
  });
  // What was dragged may be gone when the drag ends, and the page hears nothing; during one no mouse moves.
  document.addEventListener('mousemove', () => {
    isOwn = false;
  });
  for (const type of ['dragenter', 'dragover'] as const) {
    document.addEventListener(type, (event) => {
      if (!isTaken(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      root.hidden = false;
    });
  }
  document.addEventListener('dragleave', (event) => {
    // From one element to the next it stays over the page.
    if (event.relatedTarget === null) root.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    root.hidden = true;
    if (!isTaken(event) || event.dataTransfer === null) return;
    const dropped = readTransfer(event.dataTransfer);
    const isNothing = dropped.uris.length === 0 && dropped.files.length === 0;
    // A link of a web page goes into the box as text.
    if (isNothing && event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    onDrop(dropped);
  });
  return root;
}
