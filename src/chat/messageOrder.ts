import type { ChatMessage } from '../api/wire.ts';

/** Oldest first; as they are where a server does not give every message a time. */
export function oldestMessagesFirst(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const timed = messages.map((message) => ({ message, time: Date.parse(message.created_at ?? '') }));
  if (timed.some(({ time }) => Number.isNaN(time))) return messages;
  return timed.toSorted((a, b) => a.time - b.time).map(({ message }) => message);
}
