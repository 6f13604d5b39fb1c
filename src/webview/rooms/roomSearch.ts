import { longestName } from '../../shared/panelLimits.ts';
import type { FromWebview } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { element } from '../element.ts';

const searchDelay = 250;

/** Makes the box that searches chatrooms when typing rests. `onDown` goes from it to what was found. */
export function createRoomSearch(
  texts: PanelTexts,
  send: (message: FromWebview) => void,
  onDown: () => void,
): HTMLInputElement {
  const box = element('input', {
    class: 'rooms-search',
    type: 'search',
    'aria-label': texts.searchRooms,
    placeholder: texts.searchRooms,
    maxlength: String(longestName),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => send({ type: 'searchRooms', text: box.value.trim() }), searchDelay);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Escape' && box.value !== '') {
      box.value = '';
      box.dispatchEvent(new Event('input'));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return box;
}
