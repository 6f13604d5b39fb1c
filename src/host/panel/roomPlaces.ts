import * as vscode from 'vscode';
import { ApiError } from '../../api/apiError.ts';
import { dialectOf } from '../../api/dialects.ts';
import { leftConnection } from '../../chat/leftRooms.ts';
import { isLocalRoomId } from '../../chat/localRoomNames.ts';
import { parseRoomReference, roomReference } from '../../chat/openedRoom.ts';
import { errorText } from '../rooms/tellError.ts';
import type { PanelServices } from './panelServices.ts';
import type { RoomPlace } from './roomView.ts';

/**
 * The room that a key names, which may come from anywhere, also one on this machine whose connection is gone; undefined:
 * there is no such connection.
 */
export function placeOf(
  key: string,
  { connections, names, rooms, localRooms }: PanelServices,
): RoomPlace | undefined {
  const reference = parseRoomReference(key);
  if (!reference) return undefined;
  const isLocal = isLocalRoomId(reference.room);
  const left = isLocal ? leftConnection(reference.connection) : undefined;
  const connection = left ?? connections.get(reference.connection);
  if (!connection) return undefined;
  const chatrooms = isLocal ? localRooms.of(connection) : rooms(connection).chatrooms;
  const stored = names.stored(connection.name);
  const { room } = reference;
  return { key: roomReference({ connection: stored, room }), connection, stored, room, chatrooms };
}

/** Whether prompts go on in another room: the server has rooms of its own, and this one was imported. */
export function isImported({ connection, room }: RoomPlace): boolean {
  return isLocalRoomId(room) && dialectOf(connection.kind).hasChatrooms;
}

/** What to say of a room that cannot be read; `isShown`: some of it is shown all the same. */
export function roomProblem(error: unknown, { connection }: RoomPlace, isShown: boolean): string {
  if (!(error instanceof ApiError) || error.kind !== 'notFound') return errorText(error, connection);
  return isShown
    ? vscode.l10n.t(
        'This chatroom was deleted. What it held is shown here; the next prompt goes on in a new chatroom with it.',
      )
    : vscode.l10n.t('This chatroom no longer exists.');
}
