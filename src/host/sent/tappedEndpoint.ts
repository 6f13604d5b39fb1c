import type { Endpoint, RoomEndpoint } from '../../api/endpoint.ts';
import type { SentRequest } from '../../api/requestTap.ts';

/** The endpoint, telling of each completion's request in a chatroom as it goes out. */
export function tappedEndpoint(endpoint: RoomEndpoint, onRequest: (sent: SentRequest) => void): RoomEndpoint {
  const { chatrooms } = endpoint;
  return {
    ...endpoint,
    chatrooms: {
      ...chatrooms,
      streamChatCompletion: (id, request, options) =>
        chatrooms.streamChatCompletion(id, request, { ...options, onRequest }),
    },
  };
}

/** The endpoint, telling of each completion's request that goes to no chatroom. */
export function tappedCompletions(endpoint: Endpoint, onRequest: (sent: SentRequest) => void): Endpoint {
  return {
    ...endpoint,
    streamChatCompletion: (request, options) =>
      endpoint.streamChatCompletion(request, { ...options, onRequest }),
  };
}
