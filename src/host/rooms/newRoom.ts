import type * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { roomName } from '../../chat/roomName.ts';
import type { L10n } from '../../chat/l10n.ts';
import type { Surface } from '../../chat/turns.ts';
import { settings } from '../../shared/contributions.ts';
import { stringSetting } from '../settings.ts';
import { workspaceGroup } from '../workspace/workspaceGroup.ts';

/** Name and metadata of the room that a prompt makes. */
export async function newRoom(
  prompt: string,
  surface: Surface,
  connection: Connection,
  state: vscode.Memento,
  l10n: L10n,
) {
  const naming = stringSetting(settings.roomNames) === 'neutral' ? 'neutral' : 'prompt';
  const group = await workspaceGroup(connection.operatorId ?? '', state);
  return {
    name: roomName(prompt, naming, new Date(), l10n),
    metadata: { client: 'tachyon-chat', surface, ...group },
  };
}
