import * as vscode from 'vscode';
import { leftConnection } from '../../chat/leftRooms.ts';
import type { OwnWorkspace, RoomChoice } from '../../chat/roomChoices.ts';
import { cleanName } from '../../chat/untrusted.ts';
import { workspaceGroup } from '../workspace/workspaceGroup.ts';
import type { RoomSource } from './roomSources.ts';

/** Where a room is, in one line of plain text; `time` as it is shown. */
export function roomDetails({ connection, room, isLocal }: RoomChoice, time?: string): string {
  const workspace = room.metadata['workspace'];
  const facts = [
    leftConnection(connection) ? vscode.l10n.t('connection removed') : connection,
    typeof workspace === 'string' ? cleanName(workspace, 40) : '',
    time ?? '',
    isLocal ? vscode.l10n.t('on this machine') : '',
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** What says that a room belongs to this window's workspace. */
export async function ownWorkspace(
  sources: readonly RoomSource[],
  state: vscode.Memento,
): Promise<OwnWorkspace> {
  const ids = new Map<string, string>();
  let workspace = '';
  for (const { connection } of sources) {
    const found = await workspaceGroup(connection.operatorId ?? '', state);
    workspace = found.workspace;
    if (found.workspaceId !== undefined) ids.set(connection.name, found.workspaceId);
  }
  return { workspace, ids };
}
