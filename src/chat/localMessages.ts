import { isObject } from '../api/json.ts';
import { readMessages } from '../api/resources.ts';
import type { ChatMessage } from '../api/wire.ts';
import type { ChatCompletionMessage } from '../api/wireRequest.ts';
import type { LocalTurn } from './localRoomReading.ts';

/** A message as a local chatroom keeps it. */
export interface StoredMessage {
  readonly id: string;
  /** ISO 8601. */
  readonly created_at: string;
  /** Who wrote it, where a server told it. */
  readonly user_id?: string;
  /** Of a reply, where the server named it. */
  readonly model?: string;
  /** A reply that did not come to its end. */
  readonly isPartial?: boolean;
  /** In its wire form. */
  readonly message: ChatCompletionMessage;
}

/**
 * The messages of a room, oldest first. Turns do not mix: a reply follows its prompt even if another window asked in
 * between. Ids stay and times grow.
 */
export function storedMessages(turns: readonly LocalTurn[]): StoredMessage[] {
  const stored = new Map<string, StoredMessage>();
  let last = 0;
  for (const turn of turns) {
    // Two windows may have packed the same turns.
    for (const message of turn.packed ?? []) {
      stored.set(message.id, message);
      last = Math.max(last, Date.parse(message.created_at));
    }
    for (const entry of entriesOf(turn)) {
      last = Math.max(turn.time, last + 1);
      stored.set(entry.id, { ...entry, created_at: new Date(last).toISOString() });
    }
  }
  return [...stored.values()];
}

function entriesOf({ stamp, messages, reply, model, isCut }: LocalTurn): Omit<StoredMessage, 'created_at'>[] {
  const asked = messages.map((message, index) => ({ id: `msg_${stamp}.${index}`, message }));
  if (reply === '') return asked;
  const message: ChatCompletionMessage = { role: 'assistant', content: reply };
  return [
    ...asked,
    {
      id: `msg_${stamp}.reply`,
      ...(model !== undefined && { model }),
      ...(isCut && { isPartial: true }),
      message,
    },
  ];
}

/** What the room says to the model: what the system says comes first, once, also if two windows began the room. */
export function messagesToSend(stored: readonly StoredMessage[]): ChatCompletionMessage[] {
  const all = stored.map(({ message }) => message);
  const system = all.filter(isSystem).map((message) => [JSON.stringify(message), message] as const);
  return [...new Map(system).values(), ...all.filter((message) => !isSystem(message))];
}

/** As a server lists them. */
export function listedMessages(stored: readonly StoredMessage[]): ChatMessage[] {
  const messages = stored.map(({ id, created_at, message }) => ({ ...message, id, created_at }));
  const partial = new Set(stored.flatMap(({ id, isPartial }) => (isPartial === true ? id : [])));
  return (readMessages({ messages }) ?? []).map((message) =>
    partial.has(message.id) ? { ...message, isPartial: true } : message,
  );
}

/** Whether a value from a file has the shape of a message. */
export function isMessage(value: unknown): value is ChatCompletionMessage {
  return isObject(value) && typeof value['role'] === 'string';
}

/** Whether a value from a file is a message with its id and time. */
export function isStoredMessage(value: unknown): value is StoredMessage {
  if (!isObject(value)) return false;
  const { id, created_at: time, user_id: user, model, message } = value;
  return (
    typeof id === 'string' &&
    id !== '' &&
    typeof time === 'string' &&
    !Number.isNaN(Date.parse(time)) &&
    [user, model].every((text) => text === undefined || typeof text === 'string') &&
    isMessage(message)
  );
}

function isSystem({ role }: ChatCompletionMessage): boolean {
  return role === 'system' || role === 'developer';
}
