import type { Connection } from '../../api/connection.ts';
import type { RoomEndpoint } from '../../api/endpoint.ts';
import type { FileStore } from '../../chat/journal.ts';
import { createLocalChatrooms } from '../../chat/localChatrooms.ts';
import type { Log } from '../log.ts';
import type { Connections } from './connections.ts';

/** Endpoints with chatrooms: the server's own, or local ones where it has none. */
export type RoomEndpoints = (connection: Connection) => RoomEndpoint;

/** `writer` tells the files of this window from those of others. */
export function createRoomEndpoints(
  connections: Connections,
  files: FileStore,
  writer: string,
  log: Log,
): RoomEndpoints {
  return (connection) => {
    const endpoint = connections.endpoint(connection);
    const { chatrooms } = endpoint;
    const local = () =>
      createLocalChatrooms({
        files,
        streamChatCompletion: (request, options) => endpoint.streamChatCompletion(request, options),
        connection: connection.name,
        writer,
        onError: (error) => log.failure('Chatroom not written', error, { connection: connection.name }),
      });
    return { ...endpoint, chatrooms: chatrooms ?? local() };
  };
}
