import type { ChatMessage } from '../api/wire.ts';

/** Oldest first; as they are where a server does not give every message a time. */
export function oldestMessagesFirst(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return byTime(messages) ?? messages;
}

/**
 * Oldest first; no page of the wire contract says how a server lists them. Without times, or if all are the same, the
 * order is certain only if no answer comes first and no prompt last; undefined: it is not.
 */
export function certainOrder(messages: readonly ChatMessage[]): readonly ChatMessage[] | undefined {
  const isOldestFirst = messages[0]?.role !== 'assistant' && messages.at(-1)?.role === 'assistant';
  return byTime(messages) ?? (isOldestFirst ? messages : undefined);
}

/** Undefined: the times do not tell. Messages of the same time keep their order, which is that of the list. */
function byTime(messages: readonly ChatMessage[]): readonly ChatMessage[] | undefined {
  const timed = messages.map((message) => ({ message, time: Date.parse(message.created_at ?? '') }));
  const [first = 0, ...others] = timed.map(({ time }) => time);
  if (Number.isNaN(first) || others.some(Number.isNaN) || others.every((time) => time === first))
    return undefined;
  const listed = first > (others.at(-1) ?? first) ? timed.toReversed() : timed;
  return listed.toSorted((a, b) => a.time - b.time).map(({ message }) => message);
}
