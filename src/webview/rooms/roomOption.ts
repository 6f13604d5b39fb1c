import type { PanelRoom } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { element, icon } from '../element.ts';
import { fillText } from '../fillText.ts';
import { relativeTime } from '../times.ts';

/** Makes the row of a chatroom in the list. */
export function createRoomOption(
  room: PanelRoom,
  id: string,
  isShown: boolean,
  texts: PanelTexts,
  locale: string,
): HTMLElement {
  const isDeleted = room.deletedIn !== undefined;
  const root = element('div', {
    class: isDeleted ? 'room-option is-deleted' : 'room-option',
    role: 'option',
    id,
    title: room.details === '' ? room.name : `${room.name}\n${room.details}`,
    'aria-selected': String(isShown),
  });
  const name = element('span', { class: 'room-option-name' }, room.name);
  const first = element('span', { class: 'room-option-line' }, name);
  if (room.isPinned)
    first.append(icon('pinned'), element('span', { class: 'visually-hidden' }, texts.pinned));
  const time = relativeTime(room.updatedAt, locale);
  const second = element('span', { class: 'room-option-line room-option-details' });
  if (isDeleted) {
    // Not a button: an option holds none. A click on the row undoes, as Enter does.
    const said = element('span', { class: 'visually-hidden' }, fillText(texts.removed, room.name));
    second.append(said, element('span', { class: 'room-option-undo' }, texts.undo));
  } else {
    const place = element('span', { class: 'room-option-place' }, room.details);
    second.append(place, element('span', { class: 'room-option-time' }, time));
  }
  root.append(first, second);
  return root;
}
