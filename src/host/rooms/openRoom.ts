import * as vscode from 'vscode';
import { leftConnection } from '../../chat/leftRooms.ts';
import { roomReference } from '../../chat/openedRoom.ts';
import { askInChatView } from '../participant/askAgain.ts';
import { pickRooms } from './roomPicker.ts';
import type { RoomServices } from './roomServices.ts';

/** Command *Open Chatroom…*: a new conversation in the Chat view, bound to a chatroom the person picks. */
export async function openRoom(services: RoomServices): Promise<void> {
  const picked = await pickRooms(services, { title: vscode.l10n.t('Open Chatroom'), offersAll: false });
  if (picked === undefined || picked === 'all') return;
  const { connection, room } = picked.choice;
  await startConversation();
  // The picker of models then holds one of the room's connection, if that is there.
  await askInChatView(
    { prompt: `/room ${roomReference({ connection, room: room.id })}`, files: [] },
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
