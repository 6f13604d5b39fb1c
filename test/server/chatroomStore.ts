import { DatabaseSync } from 'node:sqlite';
import { ulid } from './ulid.ts';

/** A chatroom as the wire shows it (wire contract A5). */
export interface StoredChatroom {
  readonly id: string;
  readonly name: string;
  readonly operator_id: string;
  readonly owner_id: string;
  readonly metadata: unknown;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The two kinds of message content this server stores; the contract's `Part` has more. */
export type StoredPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly image: string };

/** A message as the wire shows it (wire contract A5). */
export interface StoredMessage {
  readonly id: string;
  readonly chatroom_id: string;
  readonly user_id: string;
  readonly role: string;
  readonly content: StoredPart;
  readonly created_at: string;
}

/** A page of a list; `search` is a part of a name or text, in any case. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly search: string;
}

const schema = `
  CREATE TABLE IF NOT EXISTS chatrooms (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, operator_id TEXT NOT NULL,
    owner_id TEXT NOT NULL, name TEXT NOT NULL, metadata TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT);
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, chatroom_id TEXT NOT NULL,
    user_id TEXT NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL, created_at TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS messages_of_chatroom ON messages (chatroom_id, seq);`;

const columns = 'id, name, operator_id, owner_id, metadata, created_at, updated_at';

type Row = Record<string, unknown>;

/** Chatrooms and messages in an SQLite file, or in memory (`:memory:`). */
export class ChatroomStore {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  /** `now` as `Date.now`. */
  constructor(file: string, now: () => number = Date.now) {
    this.#now = now;
    this.#database = new DatabaseSync(file, { timeout: 5000 });
    this.#database.exec(schema);
  }

  create(operatorId: string, ownerId: string, name: string, metadata: unknown): StoredChatroom {
    const now = new Date(this.#now()).toISOString();
    const id = `ch_${ulid(this.#now())}`;
    this.#database
      .prepare(
        `INSERT INTO chatrooms (id, name, operator_id, owner_id, metadata, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, name, operatorId, ownerId, JSON.stringify(metadata), now, now);
    return {
      id,
      name,
      operator_id: operatorId,
      owner_id: ownerId,
      metadata,
      created_at: now,
      updated_at: now,
    };
  }

  /** `undefined` if the operator has no such chatroom or it is deleted. */
  find(operatorId: string, id: string): StoredChatroom | undefined {
    const row = this.#database
      .prepare(`SELECT ${columns} FROM chatrooms WHERE id = ? AND operator_id = ? AND deleted_at IS NULL`)
      .get(id, operatorId);
    return row && chatroomOf(row);
  }

  /** One page, the most recently changed first, and the number of all matches. */
  list(
    operatorId: string,
    { limit, offset, search }: Page,
    metadataUserId: string | undefined,
  ): { chatrooms: StoredChatroom[]; total: number } {
    const where = `FROM chatrooms WHERE deleted_at IS NULL AND operator_id = ?
      AND instr(lower(name), lower(?)) > 0 AND (? IS NULL OR json_extract(metadata, '$.user_id') = ?)`;
    const user = metadataUserId ?? null;
    const total = this.#database
      .prepare(`SELECT count(*) AS total ${where}`)
      .get(operatorId, search, user, user);
    const rows = this.#database
      .prepare(`SELECT ${columns} ${where} ORDER BY updated_at DESC, seq DESC LIMIT ? OFFSET ?`)
      .all(operatorId, search, user, user, limit, offset);
    return { chatrooms: rows.map(chatroomOf), total: Number(total?.['total']) };
  }

  /** Changes what is given; returns the chatroom as it is then. */
  update(room: StoredChatroom, changes: { name?: string; metadata?: unknown }): StoredChatroom {
    const changed = { ...room, ...changes, updated_at: new Date(this.#now()).toISOString() };
    this.#database
      .prepare('UPDATE chatrooms SET name = ?, metadata = ?, updated_at = ? WHERE id = ?')
      .run(changed.name, JSON.stringify(changed.metadata), changed.updated_at, room.id);
    return changed;
  }

  /** A soft delete: the messages stay in the file, no route shows them any more. */
  remove(room: StoredChatroom): void {
    this.#database
      .prepare('UPDATE chatrooms SET deleted_at = ? WHERE id = ?')
      .run(new Date(this.#now()).toISOString(), room.id);
  }

  addMessage(room: StoredChatroom, userId: string, role: string, content: StoredPart, id?: string): void {
    const now = new Date(this.#now()).toISOString();
    this.#database
      .prepare(
        `INSERT INTO messages (id, chatroom_id, user_id, role, content, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(id ?? `msg_${ulid(this.#now())}`, room.id, userId, role, JSON.stringify(content), now);
    this.#database.prepare('UPDATE chatrooms SET updated_at = ? WHERE id = ?').run(now, room.id);
  }

  /** Messages of a chatroom, oldest first. */
  messages(room: StoredChatroom, { limit, offset, search }: Page): StoredMessage[] {
    return this.#database
      .prepare(
        `SELECT id, chatroom_id, user_id, role, content, created_at FROM messages WHERE chatroom_id = ?
         AND instr(lower(coalesce(json_extract(content, '$.text'), '')), lower(?)) > 0
         ORDER BY seq LIMIT ? OFFSET ?`,
      )
      .all(room.id, search, limit, offset)
      .map(messageOf);
  }

  /** All messages of a chatroom, oldest first. */
  history(room: StoredChatroom): StoredMessage[] {
    return this.messages(room, { limit: -1, offset: 0, search: '' });
  }

  close(): void {
    this.#database.close();
  }
}

function chatroomOf(row: Row): StoredChatroom {
  return {
    id: String(row['id']),
    name: String(row['name']),
    operator_id: String(row['operator_id']),
    owner_id: String(row['owner_id']),
    metadata: JSON.parse(String(row['metadata'])),
    created_at: String(row['created_at']),
    updated_at: String(row['updated_at']),
  };
}

function messageOf(row: Row): StoredMessage {
  return {
    id: String(row['id']),
    chatroom_id: String(row['chatroom_id']),
    user_id: String(row['user_id']),
    role: String(row['role']),
    content: JSON.parse(String(row['content'])),
    created_at: String(row['created_at']),
  };
}
