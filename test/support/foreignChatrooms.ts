import { randomBytes } from 'node:crypto';
import { field } from './foreignRequests.ts';

/** A chatroom as the foreign server keeps it. */
export interface ForeignChatroom {
  readonly id: string;
  name: string;
  metadata: unknown;
  readonly messages: { readonly id: string; readonly role: string; readonly text: string }[];
}

const time = '2026-01-01T00:00:00Z';
const userId = 'us_01jforeign';

/** A new id: prefix, `_01` and 24 more characters. */
export function newId(prefix: string): string {
  return `${prefix}_01${randomBytes(12).toString('hex')}`;
}

/** A chatroom that no request has named yet. */
export function newChatroom(): ForeignChatroom {
  return { id: newId('ch'), name: 'New Room', metadata: {}, messages: [] };
}

/** Takes over what a body of POST or PATCH gives, and answers with the chatroom. */
export function changeChatroom(room: ForeignChatroom, body: unknown, operatorId: string): object {
  const name = field(body, 'name');
  if (typeof name === 'string') room.name = name;
  room.metadata = field(body, 'metadata') ?? room.metadata;
  return { chatroom: chatroomJson(room, operatorId) };
}

function chatroomJson({ id, name, metadata }: ForeignChatroom, operatorId: string): object {
  const times = { created_at: time, updated_at: time };
  return { id, name, operator_id: operatorId, owner_id: userId, metadata, ...times };
}

/** The body of GET chatrooms: newest first, with a paginator. */
export function listChatrooms(
  rooms: Iterable<ForeignChatroom>,
  query: URLSearchParams,
  operatorId: string,
): object {
  const found = [...rooms].toReversed().filter(({ name }) => name.includes(query.get('search') ?? ''));
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('offset') ?? 0);
  return {
    chatrooms: found.slice(offset, offset + limit).map((room) => chatroomJson(room, operatorId)),
    paginator: {
      current_page: Math.floor(offset / limit) + 1,
      items_per_page: limit,
      total_items: found.length,
      total_pages: Math.ceil(found.length / limit),
    },
  };
}

/** The body of GET messages: oldest first, `content` as the contract's part object. */
export function listMessages(room: ForeignChatroom, query: URLSearchParams): object {
  const offset = Number(query.get('offset'));
  const found = room.messages.filter(({ text }) => text.includes(query.get('search') ?? ''));
  return {
    messages: found.slice(offset, offset + Number(query.get('limit'))).map(({ id, role, text }) => {
      const place = { chatroom_id: room.id, user_id: userId, created_at: time };
      return { id, ...place, role, content: { type: 'text', text } };
    }),
  };
}
