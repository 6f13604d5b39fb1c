import type { ChatRoom } from '../api/wire.ts';
import { cleanLabel } from './untrusted.ts';

/** A chatroom of some connection, as a list shows it. */
export interface RoomChoice {
  readonly connection: string;
  readonly room: ChatRoom;
  /** On this machine and not on the connection's server. */
  readonly isLocal: boolean;
}

/** What says that a room belongs to this window's workspace. */
export interface OwnWorkspace {
  readonly workspace: string;
  /** By connection: the operator is a part of it. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Rooms of this workspace, then the others; in each, the one that changed last first. */
export function groupRooms(
  rooms: readonly RoomChoice[],
  own: OwnWorkspace,
): { readonly here: RoomChoice[]; readonly others: RoomChoice[] } {
  const sorted = rooms.toSorted((a, b) => compareTimes(b.room, a.room));
  return {
    here: sorted.filter((choice) => isOwn(choice, own)),
    others: sorted.filter((choice) => !isOwn(choice, own)),
  };
}

/** The name of a room for a picker; empty names become `unnamed`. */
export function roomLabel({ name }: ChatRoom, unnamed: string): string {
  return cleanLabel(name, 100) || unnamed;
}

function isOwn({ connection, room: { metadata } }: RoomChoice, { workspace, ids }: OwnWorkspace): boolean {
  const id = metadata['workspaceId'];
  return typeof id === 'string' ? id === ids.get(connection) : metadata['workspace'] === workspace;
}

function compareTimes(a: ChatRoom, b: ChatRoom): number {
  return timeOf(a) - timeOf(b);
}

function timeOf({ updated_at: updated, created_at: created }: ChatRoom): number {
  return Date.parse(updated ?? created ?? '') || 0;
}
