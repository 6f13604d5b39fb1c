import { replyExpectation } from './buildRequest.ts';
import { streamChatCompletion } from './chatCompletions.ts';
import * as chatrooms from './chatrooms.ts';
import type { Connection, RequestOptions } from './connection.ts';
import { dialectOf } from './dialects.ts';
import type { ChatroomOperations, Endpoint } from './endpoint.ts';
import { listModels } from './models.ts';

type Join = (options: RequestOptions | undefined) => RequestOptions;

/** Binds a connection, and options that each call may still override, to an {@link Endpoint}. */
export function createEndpoint(connection: Connection, defaults: RequestOptions = {}): Endpoint {
  const join: Join = (options) => joinOptions(defaults, options);
  return {
    connection: connection.name,
    kind: connection.kind,
    expects: (request) => replyExpectation(dialectOf(connection.kind), request, connection),
    listModels: (options) => listModels(connection, join(options)),
    streamChatCompletion: (request, options) => streamChatCompletion(connection, request, join(options)),
    ...(dialectOf(connection.kind).hasChatrooms && { chatrooms: chatroomsOf(connection, join) }),
  };
}

function chatroomsOf(connection: Connection, join: Join): ChatroomOperations {
  return {
    list: (query, options) => chatrooms.list(connection, query, join(options)),
    create: (room, options) => chatrooms.create(connection, room, join(options)),
    rename: (id, name, options) => chatrooms.rename(connection, id, name, join(options)),
    remove: (id, options) => chatrooms.remove(connection, id, join(options)),
    listMessages: (id, query, options) => chatrooms.listMessages(connection, id, query, join(options)),
    streamChatCompletion: (id, request, options) =>
      chatrooms.streamChatCompletion(connection, id, request, join(options)),
  };
}

function joinOptions(defaults: RequestOptions, options: RequestOptions = {}): RequestOptions {
  return {
    ...defaults,
    ...options,
    headers: { ...defaults.headers, ...options.headers },
    timeouts: { ...defaults.timeouts, ...options.timeouts },
  };
}
