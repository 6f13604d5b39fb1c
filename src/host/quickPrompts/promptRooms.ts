import * as vscode from 'vscode';
import { parseRoomReference } from '../../chat/openedRoom.ts';
import type { PromptRoom, QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
import { isObject } from '../../api/json.ts';
import { settings } from '../../shared/contributions.ts';
import type { Connections } from '../connections/connections.ts';
import type { LiveTurns } from '../rooms/liveTurns.ts';
import { stringSetting } from '../settings.ts';

/** Rooms of this workspace's quick prompts, by connection. */
const ownKey = 'quickPromptRooms';

/** Which room a quick prompt goes to: its own word wins, then the setting. */
export function roomOf({ room }: Pick<QuickPrompt, 'room'>): PromptRoom {
  if (room) return room;
  const setting = stringSetting(settings.quickPromptRoom);
  return setting === 'current' || setting === 'own' ? setting : 'none';
}

interface PlaceServices {
  readonly live: Pick<LiveTurns, 'lastRoom'>;
  readonly connections: Pick<Connections, 'get'>;
  readonly workspaceState: vscode.Memento;
}

/** The room that a quick prompt goes to, and how one is called that it makes. */
export function roomPlace(
  room: PromptRoom,
  connection: string,
  { live, connections, workspaceState }: PlaceServices,
): { readonly key?: string; readonly name?: string } {
  if (room === 'none') return {};
  const { lastRoom = '' } = live;
  const last = connections.get(parseRoomReference(lastRoom)?.connection ?? '');
  // What another connection's room holds stays there.
  const current = last?.name === connection ? lastRoom : undefined;
  const key = room === 'current' ? current : ownRooms(workspaceState).get(connection);
  return {
    ...(key !== undefined && { key }),
    ...(room === 'own' && { name: vscode.l10n.t('Quick prompts') }),
  };
}

/** Keeps the room of a connection's quick prompts. */
export async function keepOwnRoom(
  connection: string,
  key: string,
  workspaceState: vscode.Memento,
): Promise<void> {
  const known = ownRooms(workspaceState);
  if (known.get(connection) === key) return;
  await workspaceState.update(ownKey, Object.fromEntries([...known, [connection, key]]));
}

function ownRooms(workspaceState: vscode.Memento): ReadonlyMap<string, string> {
  const kept = workspaceState.get<unknown>(ownKey);
  const entries = isObject(kept) ? Object.entries(kept) : [];
  return new Map(entries.flatMap(([name, key]) => (typeof key === 'string' ? [[name, key] as const] : [])));
}
