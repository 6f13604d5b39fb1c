import type { StoredChatroom } from './chatroomStore.ts';
import type { Exchange, Services } from './exchange.ts';
import { sendJson } from './exchange.ts';
import { badRequest, notFound } from './httpError.ts';
import { checkQueryNames, queryInteger } from './queries.ts';
import { checkChatroomFields } from './requestBodies.ts';

/** `GET /v1/llms/chatrooms`: the operator's chatrooms, the most recently changed first. */
export function listChatrooms({ url, operatorId, response }: Exchange, { chatrooms }: Services): void {
  const query = url.searchParams;
  checkQueryNames(query, ['limit', 'offset', 'search', 'metadata_user_id']);
  const limit = queryInteger(query, 'limit', 20);
  if (limit > 100) throw badRequest('limit must be at most 100');
  const offset = queryInteger(query, 'offset', 0);
  const page = { limit, offset, search: query.get('search') ?? '' };
  const found = chatrooms.list(operatorId, page, query.get('metadata_user_id') ?? undefined);
  sendJson(response, 200, {
    chatrooms: found.chatrooms,
    paginator: {
      current_page: limit === 0 ? 1 : Math.floor(offset / limit) + 1,
      items_per_page: limit,
      total_items: found.total,
      total_pages: limit === 0 ? 0 : Math.ceil(found.total / limit),
    },
  });
}

/** `POST /v1/llms/chatrooms`: 200, not 201 (wire contract A5). */
export function createChatroom({ body, operatorId, userId, response }: Exchange, services: Services): void {
  checkChatroomFields(body);
  const name = body.name?.trim() ?? 'New Room';
  const chatroom = services.chatrooms.create(operatorId, userId, name, body.metadata ?? {});
  sendJson(response, 200, { chatroom });
}

/** `PATCH /v1/llms/chatrooms/{id}`: metadata is replaced as a whole. */
export function updateChatroom(exchange: Exchange, services: Services): void {
  const { body } = exchange;
  checkChatroomFields(body);
  const { name, metadata } = body;
  const chatroom = services.chatrooms.update(findChatroom(exchange, services), {
    ...(typeof name === 'string' && { name: name.trim() }),
    ...(metadata !== null && metadata !== undefined && { metadata }),
  });
  sendJson(exchange.response, 200, { chatroom });
}

/** `DELETE /v1/llms/chatrooms/{id}` */
export function deleteChatroom(exchange: Exchange, services: Services): void {
  services.chatrooms.remove(findChatroom(exchange, services));
  exchange.response.writeHead(204).end();
}

/** `GET /v1/llms/chatrooms/{id}/messages`: all three query parameters are required (wire contract A5). */
export function listMessages(exchange: Exchange, services: Services): void {
  const query = exchange.url.searchParams;
  checkQueryNames(query, ['limit', 'offset', 'search']);
  const limit = queryInteger(query, 'limit');
  const offset = queryInteger(query, 'offset');
  const search = query.get('search');
  if (search === null) throw badRequest('missing query parameter search');
  const room = findChatroom(exchange, services);
  sendJson(exchange.response, 200, {
    messages: services.chatrooms.messages(room, { limit, offset, search }),
  });
}

/** The chatroom of the path. Throws 400 for an id of another form, 404 if the operator has no such chatroom. */
export function findChatroom({ params, operatorId }: Exchange, { chatrooms }: Services): StoredChatroom {
  const id = params['id'] ?? '';
  if (!/^ch_[0-9a-z]+$/.test(id)) throw badRequest('Invalid chatroom ID format');
  const room = chatrooms.find(operatorId, id);
  if (!room) throw notFound(`chatroom ${id} not found`);
  return room;
}
