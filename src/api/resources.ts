import { readList, readOne } from './envelope.ts';
import { isObject, type JsonObject, textOf } from './json.ts';
import { joinParts } from './parts.ts';
import type { ChatMessage, ChatRoom, Me, Operator } from './wire.ts';

// Every guard answers `undefined` to a reply of a shape nobody knows.

/** Guards the reply of a chatroom list; entries without an id are left out. */
export function readChatrooms(reply: unknown): ChatRoom[] | undefined {
  return readList(reply, ['chatrooms', 'rooms', 'sessions'])?.flatMap((entry) => readRoom(entry) ?? []);
}

/** Guards the reply of a request for one chatroom. */
export function readChatroom(reply: unknown): ChatRoom | undefined {
  const entry = readOne(reply, ['chatroom', 'room', 'session']);
  return entry === undefined ? undefined : readRoom(entry);
}

function readRoom(entry: JsonObject): ChatRoom | undefined {
  const id = textOf(entry['id']) ?? textOf(entry['session_id']);
  if (id === undefined) {
    return undefined;
  }
  const room: ChatRoom = {
    id,
    name: textOf(entry['name']) ?? textOf(entry['title']) ?? '',
    metadata: isObject(entry['metadata']) ? { ...entry['metadata'] } : {},
  };
  for (const field of ['operator_id', 'owner_id', 'created_at', 'updated_at'] as const) {
    const text = textOf(entry[field]);
    if (text !== undefined) {
      room[field] = text;
    }
  }
  return room;
}

/** Guards the reply of a message list. */
export function readMessages(reply: unknown): ChatMessage[] | undefined {
  return readList(reply, ['messages'])?.map((entry) => {
    const message: ChatMessage = {
      id: textOf(entry['id']) ?? '',
      role: textOf(entry['role']) ?? '',
      text: joinParts(entry['content']) ?? '',
      type: partType(entry['content']),
    };
    for (const field of ['user_id', 'created_at'] as const) {
      const text = textOf(entry[field]);
      if (text !== undefined) {
        message[field] = text;
      }
    }
    return message;
  });
}

function partType(content: unknown): string {
  const part: unknown = Array.isArray(content) ? content[0] : content;
  return (isObject(part) ? textOf(part['type']) : undefined) ?? 'text';
}

/** Guards the reply of an operator list: a bare array, or `{operators}` of older servers (wire contract A4). */
export function readOperators(reply: unknown): Operator[] | undefined {
  return readList(reply, ['operators'])?.flatMap((entry) => readOperator(entry) ?? []);
}

function readOperator(entry: JsonObject): Operator | undefined {
  const id = textOf(entry['id']);
  return id === undefined
    ? undefined
    : { id, name: textOf(entry['name']) ?? textOf(entry['operatorName']) ?? id };
}

/** Guards the reply of `/v1/me` (wire contract A4). */
export function readMe(reply: unknown): Me | undefined {
  const body = readOne(reply, []);
  const user = body?.['user'];
  const id = isObject(user) ? textOf(user['id']) : undefined;
  if (body === undefined || !isObject(user) || id === undefined) {
    return undefined;
  }
  const username = textOf(user['username']);
  const tenants = Array.isArray(body['tenants']) ? body['tenants'].filter(isObject) : [];
  const chosen = textOf(body['default_tenant_id']);
  return {
    user: { id, ...(username === undefined ? {} : { username }) },
    tenants: tenants.flatMap((tenant) => readOperator(tenant) ?? []),
    ...(chosen === undefined ? {} : { default_tenant_id: chosen }),
  };
}
