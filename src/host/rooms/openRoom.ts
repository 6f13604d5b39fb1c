import * as vscode from 'vscode';
import { leftConnection } from '../../chat/leftRooms.ts';
import { parseRoomReference, roomReference } from '../../chat/openedRoom.ts';
import { askInChatView } from '../participant/askAgain.ts';
import { pickRooms, type RoomDoor } from './roomPicker.ts';
import type { RoomServices } from './roomServices.ts';

/** Opens a room in the panel by its `roomReference`. */
export type OpenInPanel = (key: string) => Promise<void>;

/** Command *Open Chatroom…*: a room that the person picks, in the Chat view or, by the row's button, in the panel. */
export async function openRoom(services: RoomServices, openInPanel: OpenInPanel): Promise<void> {
  await pickAndOpen(services, vscode.l10n.t('Open Chatroom'), 'chatView', openInPanel);
}

/** Command *Search Chats…*: the same list, for the panel. */
export async function searchChats(services: RoomServices, openInPanel: OpenInPanel): Promise<void> {
  await pickAndOpen(services, vscode.l10n.t('Search Chats'), 'panel', openInPanel);
}

async function pickAndOpen(
  services: RoomServices,
  title: string,
  door: RoomDoor,
  openInPanel: OpenInPanel,
): Promise<void> {
  const otherDoor = door === 'panel' ? 'chatView' : 'panel';
  const picked = await pickRooms(services, { title, offersAll: false, otherDoor });
  if (picked === undefined || picked === 'all') return;
  const key = roomReference({ connection: picked.choice.connection, room: picked.choice.room.id });
  if ((picked.isOtherDoor ? otherDoor : door) === 'panel') await openInPanel(key);
  else await continueInChatView(key);
}

/** Opens a room in a new conversation of the Chat view. `key` is a `roomReference`. */
export async function continueInChatView(key: string): Promise<void> {
  const reference = parseRoomReference(key);
  if (!reference) return;
  await startConversation();
  const { connection } = reference;
  // The picker of models then holds one of the room's connection, if that is there.
  await askInChatView(
    { prompt: `/room ${key}`, files: [] },
    leftConnection(connection) ? undefined : `${connection}/default`,
  );
}

/** An answer under way stays where it is. The command is VS Code's own and undocumented. */
async function startConversation(): Promise<void> {
  try {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
  } catch {
    // Without it the room is opened in the conversation that is shown, which works as well.
  }
}
