import type { Connection } from '../../api/connection.ts';
import type { RoomEndpoint } from '../../api/endpoint.ts';
import type { LocalRooms } from '../rooms/localRooms.ts';
import type { ConnectionNames } from './connectionNames.ts';
import type { Connections } from './connections.ts';

/** Endpoints with chatrooms: the server's own, or local ones where it has none. */
export type RoomEndpoints = (connection: Connection) => RoomEndpoint;

/** Gives each connection's endpoint chatrooms. */
export function createRoomEndpoints(
  connections: Connections,
  names: ConnectionNames,
  localRooms: LocalRooms,
): RoomEndpoints {
  return (connection) => {
    const endpoint = connections.endpoint(connection);
    // Conversations and rooms keep the first name that the connection had.
    const stored = names.stored(connection.name);
    return { ...endpoint, connection: stored, chatrooms: endpoint.chatrooms ?? localRooms.of(connection) };
  };
}
