/** Whether a key sends: Enter alone, and never the Enter that ends the composition of a word. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !isComposingKey(event);
}

/** Whether a key belongs to the composition of a word, as for Japanese. */
export function isComposingKey(event: KeyboardEvent): boolean {
  // Safari says that the composition is over before its Enter arrives, under the code of a composing key.
  return event.isComposing || event.keyCode === 229;
}

/** Puts a text in place of a part of the box, as if it was typed: Ctrl+Z takes it back. */
export function replaceTyped(box: HTMLTextAreaElement, start: number, end: number, text: string): void {
  box.focus();
  box.setSelectionRange(start, end);
  if (text === '' && start === end) return;
  // Deprecated, and the only way that leaves the history of the box alone: `setRangeText` empties it.
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}

/** Takes nothing of a text with which the box would hold more than `longest`, rather than a part of it: `refused` says so. */
export function refuseTooLong(box: HTMLTextAreaElement, longest: number, refused: () => void): void {
  box.addEventListener('beforeinput', (event) => {
    const added = event.data?.replaceAll('\r\n', '\n').length ?? 0;
    const left = box.textLength - (box.selectionEnd - box.selectionStart);
    if (added === 0 || left + added <= longest) return;
    event.preventDefault();
    refused();
  });
}
