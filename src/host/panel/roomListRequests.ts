import type { FromWebview } from '../../shared/panelMessages.ts';
import { isOfType } from './isOfType.ts';
import type { PanelState } from './panelState.ts';
import { pinRoom, renameRoom } from './roomEdits.ts';
import type { RoomList } from './roomList.ts';

const requests = [
  'searchRooms',
  'loadMoreRooms',
  'renameRoom',
  'deleteRoom',
  'undoDelete',
  'pinRoom',
] as const;

type RoomListRequest = Extract<FromWebview, { readonly type: (typeof requests)[number] }>;

/** Whether it is for {@link runListRequest}. */
export function isAboutRooms(message: FromWebview): message is RoomListRequest {
  return isOfType(message, requests);
}

/** Does what a person asks for in the list of rooms. */
export async function runListRequest(
  message: RoomListRequest,
  list: RoomList,
  state: PanelState,
): Promise<void> {
  switch (message.type) {
    case 'searchRooms':
      return list.search(message.text);
    case 'loadMoreRooms':
      return list.loadMore();
    case 'renameRoom':
      return renameRoom(message.room, message.name, state);
    case 'deleteRoom':
      return state.deletes.add(message.room);
    case 'undoDelete':
      return state.deletes.undo(message.room);
    case 'pinRoom':
      return pinRoom(message.room, message.isPinned, list.find(message.room), state);
  }
}
