import type { Connection } from '../../api/connection.ts';
import { dialectOf } from '../../api/dialects.ts';
import type { ChatroomOperations } from '../../api/endpoint.ts';
import type { RoomChoice } from '../../chat/roomChoices.ts';
import type { Connections } from '../connections/connections.ts';
import type { RoomEndpoints } from '../connections/roomEndpoints.ts';
import type { LocalRooms } from './localRooms.ts';

/** Chatrooms of one connection, on its server or on this machine. */
export interface RoomSource {
  readonly connection: Connection;
  readonly isLocal: boolean;
  readonly chatrooms: ChatroomOperations;
}

/** Rooms of a page, as many as a server gives at most. */
export const pageSize = 100;

/**
 * The sources: servers that can be asked now, and this machine for every connection, which needs no key, also for those
 * that are not in the settings any more.
 */
export async function roomSources({
  connections,
  rooms,
  localRooms,
}: {
  readonly connections: Connections;
  readonly rooms: RoomEndpoints;
  readonly localRooms: LocalRooms;
}): Promise<RoomSource[]> {
  const usable = await connections.usable();
  const servers = usable.filter(({ kind }) => dialectOf(kind).hasChatrooms);
  return [
    ...servers.map((connection) => ({ connection, isLocal: false, chatrooms: rooms(connection).chatrooms })),
    ...[...connections.all(), ...(await localRooms.left())].map((connection) => ({
      connection,
      isLocal: true,
      chatrooms: localRooms.of(connection),
    })),
  ];
}

/** A room of a source, or that a source could not be listed, or not to its end. */
export type FoundRoom =
  | { readonly source: RoomSource; readonly choice: RoomChoice }
  | { readonly source: RoomSource; readonly error: unknown };

/** Every room of every source, page by page; a source that fails takes no other with it. Rejects only with an `AbortError`. */
export async function* allRooms(
  sources: readonly RoomSource[],
  signal: AbortSignal,
): AsyncGenerator<FoundRoom, void, void> {
  for (const source of sources) {
    try {
      for await (const choice of roomsOf(source, signal)) yield { source, choice };
    } catch (error) {
      signal.throwIfAborted();
      yield { source, error };
    }
  }
}

async function* roomsOf(source: RoomSource, signal: AbortSignal): AsyncGenerator<RoomChoice, void, void> {
  const { connection, isLocal, chatrooms } = source;
  const seen = new Set<string>();
  for (let offset = 0; ;) {
    const found = await chatrooms.list({ limit: pageSize, offset }, { signal });
    const fresh = found.filter(({ id }) => !seen.has(id));
    for (const room of fresh) {
      seen.add(room.id);
      yield { connection: connection.name, room, isLocal };
    }
    // A server that ignores `offset` would go on for ever.
    if (fresh.length === 0 || found.length < 20) return;
    offset += found.length;
  }
}
