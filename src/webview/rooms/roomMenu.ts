import type { FromWebview, PanelRoom } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import type { MenuItem } from '../menu.ts';

/** What can be done with a chatroom; renaming happens where it is shown. */
export function roomMenuItems(
  room: Pick<PanelRoom, 'key' | 'isPinned'>,
  texts: PanelTexts,
  send: (message: FromWebview) => void,
  actions: { readonly rename: () => void; readonly remove: () => void },
): MenuItem[] {
  return [
    { label: texts.rename, run: actions.rename },
    {
      label: room.isPinned ? texts.unpin : texts.pin,
      run: () => send({ type: 'pinRoom', room: room.key, isPinned: !room.isPinned }),
    },
    { label: texts.remove, run: actions.remove },
  ];
}
