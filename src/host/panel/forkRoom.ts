import * as vscode from 'vscode';
import { splitAttachments } from '../../chat/attachments/splitAttachments.ts';
import { roomReference } from '../../chat/openedRoom.ts';
import { turnTarget } from '../models/turnTarget.ts';
import { newRoom } from '../rooms/newRoom.ts';
import type { Conversation } from './conversation.ts';
import { wantedModel } from './modelPicks.ts';
import type { PanelState } from './panelState.ts';
import { carriedOf } from './carriedOf.ts';
import { roomParameters, setRoomParameters } from './roomParameters.ts';

/**
 * Makes a room that carries the turns of a conversation before the index `end`, or all. The room is made at once, so that the
 * fork is there in every window and after a reload. Undefined: there is no connection to make it with. Rejects with an `ApiError`.
 */
export async function forkRoom(
  conversation: Conversation,
  end: number | undefined,
  { panel, conversations, news, roomNames }: PanelState,
): Promise<Conversation | undefined> {
  const carried = await carriedOf(conversation, end);
  const target = await turnTarget(await wantedModel(conversation, panel), panel);
  if (!target) return undefined;
  const { connection } = target;
  const endpoint = panel.rooms(connection);
  const { name, metadata } = await newRoom(
    splitAttachments(carried[0]?.prompt ?? '').prompt,
    'panel',
    connection,
    panel.workspaceState,
    vscode.l10n,
  );
  const known = conversation.key === undefined ? undefined : roomNames.get(conversation.key);
  const room = await endpoint.chatrooms.create({ name: known?.room.name.slice(0, 100) ?? name, metadata });
  const owner = { connection: endpoint.connection, room: room.id };
  await panel.carriedTranscripts.keep(owner, carried);
  news.tell(connection, room.id);
  const fork = conversations.open(roomReference(owner));
  if (!fork) return undefined;
  await setRoomParameters(fork, roomParameters(conversation, panel.globalState), panel.globalState);
  fork.pickedModel = conversation.pickedModel ?? (target.model && `${connection.name}/${target.model}`);
  return fork;
}
