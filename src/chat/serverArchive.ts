import type { ChatroomOperations } from '../api/endpoint.ts';
import type { ChatMessage, ChatRoom } from '../api/wire.ts';
import type { ChatCompletionMessage } from '../api/wireRequest.ts';
import type { ArchiveRoom } from './chatArchive.ts';
import { fingerprint } from './fingerprint.ts';
import type { StoredMessage } from './localMessages.ts';
import { oldestMessagesFirst } from './messageOrder.ts';
import { readRoom } from './roomMessages.ts';
import type { TurnRecord } from './turns.ts';

/** A chatroom of a server to be archived. */
export interface ServerRoomInput {
  readonly chatrooms: Pick<ChatroomOperations, 'listMessages'>;
  readonly room: ChatRoom;
  /** Of the connection. */
  readonly kind: string;
  /** The journal's turns of the room: they know the models. */
  readonly records: readonly TurnRecord[];
  readonly signal?: AbortSignal;
}

/**
 * Reads a whole chatroom of a server, however long it is. The server tells the text of a message and the type
 * of its first part, so pictures and files of prompts are named and not contained. Throws `ApiError`.
 */
export async function archiveServerRoom(input: ServerRoomInput): Promise<ArchiveRoom> {
  const { chatrooms, room, kind, records, signal } = input;
  const created = validTime(room.created_at) ?? 0;
  const messages = await storedOf(
    oldestMessagesFirst(await readRoom(chatrooms, room.id, signal)),
    created,
    records,
  );
  const last = messages.reduce((latest, { created_at: time }) => Math.max(latest, Date.parse(time)), created);
  return {
    id: room.id,
    name: room.name,
    kind,
    created_at: new Date(created).toISOString(),
    updated_at: new Date(validTime(room.updated_at) ?? last).toISOString(),
    metadata: room.metadata,
    messages,
  };
}

async function storedOf(
  messages: readonly ChatMessage[],
  created: number,
  records: readonly TurnRecord[],
): Promise<StoredMessage[]> {
  const left = [...records];
  const stored: StoredMessage[] = [];
  let model: string | undefined;
  let last = created;
  for (const [index, { id, role, text, type, user_id: user, created_at: time }] of messages.entries()) {
    if (role === 'user' && text !== '') {
      const hash = await fingerprint(text);
      const at = left.findIndex((record) => (record.contentHash ?? record.promptHash) === hash);
      model = at === -1 ? undefined : left.splice(at, 1)[0]?.model;
    }
    last = validTime(time) ?? last + 1;
    stored.push({
      id: id || `msg_${index}`,
      created_at: new Date(last).toISOString(),
      ...(user !== undefined && { user_id: user }),
      ...(role === 'assistant' && model !== undefined && { model }),
      message: wireMessage(role, type, text),
    });
  }
  return stored;
}

/** Only the type is known of what is no text. Roles that no API takes back become the assistant's. */
function wireMessage(role: string, type: string, text: string): ChatCompletionMessage {
  const content = type === 'text' ? text : `${text}[${type}]`;
  return role === 'user' || role === 'system' || role === 'developer'
    ? { role, content }
    : { role: 'assistant', content };
}

function validTime(time: string | undefined): number | undefined {
  const parsed = Date.parse(time ?? '');
  return parsed >= 0 ? parsed : undefined;
}
