import type { Connection } from '../../api/connection.ts';
import type { ChatroomOperations } from '../../api/endpoint.ts';
import type { FileStore } from '../../chat/journal.ts';
import { leftConnections } from '../../chat/leftRooms.ts';
import { createLocalArchive, type LocalArchive } from '../../chat/localArchive.ts';
import { createLocalChatrooms } from '../../chat/localChatrooms.ts';
import type { ConnectionNames } from '../connections/connectionNames.ts';
import type { Connections } from '../connections/connections.ts';
import type { Log } from '../log.ts';

/** The chatrooms on this machine: of connections without any of their own, and imported ones of the others. */
export interface LocalRooms {
  of(connection: Connection): ChatroomOperations;
  archive(connection: Connection): LocalArchive;
  /** Stand for connections that are not in the settings, or with a fault, and whose chatrooms are here. Never rejects. */
  left(): Promise<Connection[]>;
}

/** What local chatrooms tell people about. */
export interface LocalRoomEvents {
  /** A chatroom was made. */
  readonly onCreated?: () => void;
  /** Something was not stored, or a room could not be read; what goes on goes on. */
  readonly onError?: (error: unknown) => void;
  /** A room had a file that was no longer whole; it was moved to `~aside`. */
  readonly onTorn?: () => void;
}

/** Opens them on a folder of the extension's storage. `writer` tells the files of this window from those of others. */
export function createLocalRooms(
  connections: Connections,
  names: ConnectionNames,
  files: FileStore,
  writer: string,
  log: Log,
  events: LocalRoomEvents = {},
): LocalRooms {
  return {
    of: (connection) => {
      const endpoint = connections.endpoint(connection);
      const rooms = createLocalChatrooms({
        files,
        streamChatCompletion: (request, options) => endpoint.streamChatCompletion(request, options),
        connection: names.stored(connection.name),
        writer,
        onError: (error) => {
          log.failure('Chatroom not written or read', error, { connection: connection.name });
          events.onError?.(error);
        },
        onTorn: () => {
          log.info('Chatroom file set aside', { connection: connection.name });
          events.onTorn?.();
        },
      });
      return {
        ...rooms,
        create: async (room, options) => {
          const created = await rooms.create(room, options);
          events.onCreated?.();
          return created;
        },
      };
    },
    archive: ({ name, kind }) => createLocalArchive({ files, connection: names.stored(name), kind, writer }),
    left: async () => {
      const known = connections.all().map(({ name }) => names.stored(name));
      try {
        return await leftConnections(files, known);
      } catch (error) {
        log.failure('Chatrooms not listed', error);
        return [];
      }
    },
  };
}
