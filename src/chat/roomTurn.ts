import type { ChatMessage } from '../api/wire.ts';
import { fingerprint } from './fingerprint.ts';
import { certainOrder } from './messageOrder.ts';
import { createThinkBlocks } from './thinkBlocks.ts';
import { isHeld, type TurnRecord } from './turns.ts';

/** What a room has of a turn. */
export interface RoomTurn {
  /** The room holds its prompt. */
  readonly isHeld: boolean;
  /** The text of its reply as far as it is stored, without what the model thought; missing: there is none for certain. */
  readonly reply?: string;
}

/**
 * Finds a turn in its room by what it sent. Equal prompts are counted: those that the room certainly holds come first,
 * then the newest. `records` are the journal's turns of the room, oldest first.
 */
export async function findTurn(
  messages: readonly ChatMessage[],
  record: TurnRecord,
  records: readonly TurnRecord[],
): Promise<RoomTurn> {
  const hash = hashOf(record);
  // Images and files of a prompt may be messages of their own, between it and its reply.
  const texts = messages.filter(({ type, text }) => type === 'text' || text !== '');
  const count = (await places(texts, hash)).length;
  const others = records.filter(({ turn, outcome }) => turn !== record.turn && outcome !== 'refused');
  const equal = [...others, record].filter((other) => hashOf(other) === hash).toSorted(byTime);
  const certain = equal.filter((other) => other !== record && isHeld(other) === true);
  const unclear = equal.filter((other) => !certain.includes(other));
  const free = count - certain.length;
  const held = equal.filter(
    (other) => certain.includes(other) || unclear.length - unclear.indexOf(other) <= free,
  );
  if (!held.includes(record)) return { isHeld: false };
  const ordered = certainOrder(texts);
  const at = (await places(ordered ?? [], hash)).at(held.indexOf(record) - held.length);
  const next = at === undefined ? undefined : ordered?.[at + 1];
  const isReply = next?.role === 'assistant' && next.isPartial !== true;
  const reply = isReply ? withoutThought(next.text) : '';
  return { isHeld: true, ...(reply.trim() !== '' && { reply }) };
}

/** Whether the room has more of a reply than came: `partial` does not begin with all of it. */
export function isMore(reply: string | undefined, partial: string): reply is string {
  return reply !== undefined && !partial.trim().startsWith(reply.trim());
}

/** What of a reply comes after `partial`; undefined if the reply does not begin with it. */
export function restOf(reply: string, partial: string): string | undefined {
  if (reply.startsWith(partial)) return reply.slice(partial.length);
  // Servers cut blanks off the beginning.
  const visible = partial.trimStart();
  const text = reply.trimStart();
  return text.startsWith(visible) ? text.slice(visible.length) : undefined;
}

/**
 * What of a reply the person does not see in `shown`, which may hold more than the answer and may lack its last words.
 * Undefined: nobody can tell where it goes on.
 */
export function missingRest(reply: string, shown: string): string | undefined {
  const rest = restOf(reply, shown) ?? restOf(reply, shown.trimEnd());
  if (rest !== undefined) return rest;
  // The longest end of what is shown that the reply has; shorter ones may stand anywhere.
  for (let length = 60; length >= 8; length -= 1) {
    const end = shown.trimEnd().slice(-length);
    const at = reply.indexOf(end);
    if (at !== -1) return reply.includes(end, at + 1) ? undefined : reply.slice(at + end.length);
  }
  return undefined;
}

/** Fingerprint of a turn's user message as it was sent. */
export function hashOf({ contentHash, promptHash }: TurnRecord): string {
  return contentHash ?? promptHash;
}

/** Where the user wrote this. */
async function places(messages: readonly ChatMessage[], hash: string): Promise<number[]> {
  const found: number[] = [];
  for (const [place, { role, text }] of messages.entries()) {
    if (role === 'user' && (await fingerprint(text)) === hash) found.push(place);
  }
  return found;
}

function withoutThought(reply: string): string {
  const thinking = createThinkBlocks();
  const pieces = [...thinking.push(reply), ...thinking.end()];
  return pieces.flatMap(({ kind, text }) => (kind === 'text' ? text : [])).join('');
}

function byTime(a: TurnRecord, b: TurnRecord): number {
  return a.askedAt < b.askedAt ? -1 : a.askedAt > b.askedAt ? 1 : 0;
}
