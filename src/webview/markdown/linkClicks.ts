import { readLinkTarget } from './linkTarget.ts';

/** What clicks in a reply lead to. */
export interface ClickTargets {
  readonly onLink: (href: string) => void;
  readonly onCopyCode: (code: string) => void;
}

/** Hands clicks on links and copy buttons on. None of them navigates. */
export function listenToClicks(element: HTMLElement, targets: ClickTargets): void {
  const onClick = (event: MouseEvent): void => {
    const clicked = event.target instanceof Element ? event.target : undefined;
    const link = clicked?.closest('a');
    if (link !== undefined && link !== null) {
      event.preventDefault();
      // VS Code listens on the document and would open the link once more.
      event.stopPropagation();
      const target = readLinkTarget(link.getAttribute('href') ?? '');
      if (target !== undefined && event.button <= 1) targets.onLink(target.href);
      return;
    }
    const code = event.button === 0 ? clicked?.closest('.code-copy')?.closest('.code-block') : undefined;
    const text = code?.querySelector('code')?.textContent;
    if (text !== undefined) targets.onCopyCode(text);
  };
  element.addEventListener('click', onClick); // Enter on a link is a click too
  element.addEventListener('auxclick', onClick);
  // A link that is dropped somewhere would be opened there, unasked.
  element.addEventListener('dragstart', (event) => {
    if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
  });
}
