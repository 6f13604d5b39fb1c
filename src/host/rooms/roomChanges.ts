import * as vscode from 'vscode';
import type { ChatRoom } from '../../api/wire.ts';
import { forgetRoom } from '../../chat/forgetRoom.ts';
import { type RoomChoice, roomLabel } from '../../chat/roomChoices.ts';
import { plainText } from '../../chat/untrusted.ts';
import type { RoomServices } from './roomServices.ts';
import type { RoomSource } from './roomSources.ts';
import { tellError } from './tellError.ts';

/** What a list shows of a room after a change; nothing if it is gone. Undefined: nothing was changed. */
type Changed = ((choice: RoomChoice) => RoomChoice[]) | undefined;

/** What servers take as a name (wire contract A5). */
const longestName = 100;

/** Asks for another name of a room; undefined: it keeps the one that it has. */
export async function askRoomName(name: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename Chatroom'),
    value: name,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const { length } = value.trim();
      return length > 0 && length <= longestName
        ? undefined
        : vscode.l10n.t('A name has 1 to {0} characters.', longestName);
    },
  });
  return typed?.trim();
}

/** Asks for a new name, and gives it to the room. */
export async function renameRoom({ chatrooms, connection }: RoomSource, room: ChatRoom): Promise<Changed> {
  const name = await askRoomName(roomLabel(room, ''));
  if (name === undefined) return undefined;
  try {
    const renamed = await chatrooms.rename(room.id, name);
    return (choice) => [{ ...choice, room: { ...choice.room, name: renamed.name, ...times(renamed) } }];
  } catch (error) {
    tellError(error, connection);
    return undefined;
  }
}

/** Deletes a room after asking, and what this workspace keeps of it. */
export async function removeRoom(
  source: RoomSource,
  room: ChatRoom,
  services: RoomServices,
): Promise<Changed> {
  const { chatrooms, connection, isLocal } = source;
  const label = plainText(roomLabel(room, vscode.l10n.t('Unnamed chatroom')));
  const remove = vscode.l10n.t('Delete');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the chatroom “{0}”?', label),
    {
      modal: true,
      detail: [
        isLocal
          ? vscode.l10n.t('It is deleted from this machine, with everything in it.')
          : vscode.l10n.t(
              'It is deleted on the server of “{0}”, with everything in it, for everybody.',
              connection.name,
            ),
        vscode.l10n.t(
          'Requests that went into it from other workspaces stay on this machine until “Forget Local Data…”.',
        ),
      ].join(' '),
    },
    remove,
  );
  if (answer !== remove) return undefined;
  try {
    await chatrooms.remove(room.id);
    // The room itself is gone, whatever becomes of its traces.
    const owner = { connection: services.rooms(connection).connection, room: room.id };
    await forgetRoom(owner, services).catch((error: unknown) => {
      services.log.failure('Chatroom not forgotten', error, { connection: connection.name });
    });
    return () => [];
  } catch (error) {
    tellError(error, connection);
    return undefined;
  }
}

function times({ updated_at: updated }: ChatRoom): Pick<ChatRoom, 'updated_at'> {
  return updated === undefined ? {} : { updated_at: updated };
}
