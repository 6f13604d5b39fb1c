/** The host takes no longer prompt, in UTF-16 code units. */
export const longestPrompt = 1024 * 1024;

/** Makes a text box as high as its text; the style sheet sets the maximum. */
export function growWithText(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

/** Whether a key sends: Enter alone, and never the Enter that ends the composition of a word. */
export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false;
  // Safari says that the composition is over before its Enter arrives, under the code of a composing key.
  return !event.isComposing && event.keyCode !== 229;
}
