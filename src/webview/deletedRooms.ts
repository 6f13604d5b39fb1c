import type { FromWebview, RoomKey, RoomListState } from '../shared/panelMessages.ts';
import type { PanelTexts } from '../shared/panelTexts.ts';
import type { Announcer } from './announcer.ts';
import { fillText } from './fillText.ts';

/** Offers to undo each deletion for as long as that is possible, also where the list is folded away. */
export function createDeletedRooms(
  texts: PanelTexts,
  announcer: Announcer,
  send: (message: FromWebview) => void,
): (list: RoomListState) => void {
  const offers = new Map<RoomKey, () => void>();
  return ({ deleted }) => {
    for (const [key, close] of offers) {
      if (deleted.some((room) => room.key === key)) continue;
      offers.delete(key);
      close();
    }
    for (const { key, name, deletedIn } of deleted) {
      if (offers.has(key)) continue;
      const undo = (): void => send({ type: 'undoDelete', room: key });
      offers.set(key, announcer.offer(fillText(texts.removed, name), texts.undo, deletedIn, undo));
    }
  };
}
