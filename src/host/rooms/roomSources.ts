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

/** What a page of all sources brought. */
export interface RoomPage {
  readonly choices: readonly RoomChoice[];
  /** The sources that may have more. */
  readonly rest: readonly RoomSource[];
  /** The first thing that went wrong, with its connection. */
  readonly failure?: { readonly connection: Connection; readonly error: unknown };
}

/** Rooms of a page, as many as a server gives at most. */
const pageSize = 100;

/** The sources: servers that can be asked now, and this machine for every connection, which needs no key. */
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
    ...connections
      .all()
      .map((connection) => ({ connection, isLocal: true, chatrooms: localRooms.of(connection) })),
  ];
}

/** The next page of every source at once; one that fails takes no other with it. Rejects only with an `AbortError`. */
export async function roomPage(
  sources: readonly RoomSource[],
  { offset = 0, search = '' }: { readonly offset?: number; readonly search?: string },
  signal: AbortSignal,
): Promise<RoomPage> {
  const query = { limit: pageSize, offset, ...(search !== '' && { search }) };
  const results = await Promise.allSettled(sources.map(({ chatrooms }) => chatrooms.list(query, { signal })));
  signal.throwIfAborted();
  const choices: RoomChoice[] = [];
  const rest: RoomSource[] = [];
  let failure: RoomPage['failure'];
  results.forEach((result, i) => {
    const source = sources[i];
    if (!source) return;
    const { connection, isLocal } = source;
    if (result.status === 'rejected') {
      failure ??= { connection, error: result.reason };
      return;
    }
    choices.push(...result.value.map((room) => ({ connection: connection.name, room, isLocal })));
    if (result.value.length >= pageSize) rest.push(source);
  });
  return { choices, rest, ...(failure && { failure }) };
}

/** Every room of every source, page by page. Rejects with the first failure: an export must not lack rooms in silence. */
export async function* allRooms(
  sources: readonly RoomSource[],
  signal: AbortSignal,
): AsyncGenerator<{ readonly source: RoomSource; readonly choice: RoomChoice }, void, void> {
  for (const source of sources) {
    const seen = new Set<string>();
    for (let offset = 0; ;) {
      const found = await source.chatrooms.list({ limit: pageSize, offset }, { signal });
      const fresh = found.filter(({ id }) => !seen.has(id));
      for (const room of fresh) {
        seen.add(room.id);
        const { connection, isLocal } = source;
        yield { source, choice: { connection: connection.name, room, isLocal } };
      }
      // A server that ignores `offset` would go on for ever.
      if (fresh.length === 0 || found.length < 20) break;
      offset += found.length;
    }
  }
}
