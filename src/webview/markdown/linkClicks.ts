import { readLinkTarget } from './linkTarget.ts';

/** Hands clicks on links on. None of them navigates. */
export function listenToClicks(element: HTMLElement, onLink: (href: string) => void): void {
  const onClick = (event: MouseEvent): void => {
    const clicked = event.target instanceof Element ? event.target : undefined;
    const link = clicked?.closest('a');
    if (link === undefined || link === null) return;
    event.preventDefault();
    // VS Code listens on the document and would open the link once more.
    event.stopPropagation();
    const target = readLinkTarget(link.getAttribute('href') ?? '');
    if (target !== undefined && event.button <= 1) onLink(target.href);
  };
  element.addEventListener('click', onClick); // Enter on a link is a click too
  element.addEventListener('auxclick', onClick);
  // A link that is dropped somewhere would be opened there, unasked.
  element.addEventListener('dragstart', (event) => {
    if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
  });
}
