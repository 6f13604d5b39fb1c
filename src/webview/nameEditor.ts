import { longestName } from '../shared/panelLimits.ts';
import { element } from './element.ts';
import { isSendKey } from './textBox.ts';

/** A text box for a name. `onEnd` is called once: with the new name, or undefined if it stays as it is. */
export function createNameEditor(
  name: string,
  label: string,
  onEnd: (name: string | undefined) => void,
): HTMLInputElement {
  const box = element('input', {
    class: 'name-editor',
    type: 'text',
    'aria-label': label,
    maxlength: String(longestName),
  });
  box.value = name;
  let isOver = false;
  const end = (isToKeep: boolean): void => {
    if (isOver) return;
    isOver = true;
    const changed = box.value.trim();
    onEnd(isToKeep && changed !== '' && changed !== name ? changed : undefined);
  };
  box.addEventListener('blur', () => end(true));
  box.addEventListener('keydown', (event) => {
    // The keys of the list around it are letters here.
    event.stopPropagation();
    if (event.key === 'Escape') end(false);
    else if (!isSendKey(event)) return;
    // Held down since it picked this in a menu.
    else if (!event.repeat) end(true);
    event.preventDefault();
  });
  return box;
}
