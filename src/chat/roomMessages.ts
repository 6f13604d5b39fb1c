import { ApiError } from '../api/apiError.ts';
import type { ChatroomOperations } from '../api/endpoint.ts';
import type { ChatMessage } from '../api/wire.ts';
import { carriedMessages, type CarriedTurn } from './carried.ts';
import { fingerprint } from './fingerprint.ts';
import { hashOf } from './roomTurn.ts';
import type { TurnRecord } from './turns.ts';

const pageSize = 100;
/** Far beyond any room: only a server that never ends its list reaches it. */
const maxPages = 1000;
/** A server may give fewer messages a page than asked for, but none is known that gives fewer than this. */
const leastPage = 20;

/**
 * All messages of a room; copes with servers that ignore `offset` or cap `limit`. Throws `ApiError`, also for a list
 * without an end: of a room that was read in part, nobody may say what it does not hold.
 */
export async function readRoom(
  chatrooms: Pick<ChatroomOperations, 'listMessages'>,
  room: string,
  signal?: AbortSignal,
): Promise<ChatMessage[]> {
  const messages = new Map<string, ChatMessage>();
  let last = '';
  for (let page = 0, offset = 0; page < maxPages; page += 1) {
    const found = await chatrooms.listMessages(room, { limit: pageSize, offset }, signal ? { signal } : {});
    const before = messages.size;
    const listed = JSON.stringify(found);
    // Without ids nothing else shows that a server gives the same page again.
    if (listed !== last)
      for (const [i, one] of found.entries()) messages.set(one.id || `#${offset + i}`, one);
    if (found.length < leastPage || messages.size === before) return [...messages.values()];
    last = listed;
    offset += found.length;
  }
  throw new ApiError('malformedReply', 'The chatroom lists more messages than can be read.');
}

/** How often the person wrote what, in a room. */
async function userMessageCounts(messages: readonly ChatMessage[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { role, text, type } of messages) {
    // Images and files of a prompt are messages of their own at some servers.
    if (role !== 'user' || (type !== 'text' && text === '')) continue;
    const hash = await fingerprint(text);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return counts;
}

/**
 * How many user messages of the room no turn accounts for. A server that stores a prompt in another form would
 * make every turn of ours look foreign, so answered turns that are not found count against them.
 */
export async function countForeign(
  messages: readonly ChatMessage[],
  records: readonly TurnRecord[],
  carried: readonly CarriedTurn[],
): Promise<number> {
  const left = await userMessageCounts(messages);
  let altered = 0;
  for (const record of records) {
    if (!take(left, hashOf(record)) && record.outcome === 'answered') altered += 1;
  }
  // Carried turns may have been stored with every request.
  for (const prompt of carriedPrompts(carried)) left.delete(await fingerprint(prompt));
  const unexplained = [...left.values()].reduce((sum, count) => sum + count, 0);
  return Math.max(0, unexplained - altered);
}

/** Whether the room holds every carried prompt beside those of its own turns, of which some may ask the same. */
export async function holdsCarried(
  messages: readonly ChatMessage[],
  carried: readonly CarriedTurn[],
  own: readonly TurnRecord[],
): Promise<boolean> {
  const left = await userMessageCounts(messages);
  for (const record of own) if (record.outcome !== 'refused') take(left, hashOf(record));
  const prompts = carriedPrompts(carried);
  for (const prompt of prompts) {
    if (!take(left, await fingerprint(prompt))) return false;
  }
  return prompts.length > 0;
}

/** The prompts of a carried transcript as the server gets them. */
export function carriedPrompts(carried: readonly CarriedTurn[]): string[] {
  return carriedMessages(carried).messages.flatMap(({ role, content }) => (role === 'user' ? content : []));
}

/** Which of the turns the room holds, counting equal prompts only as often as they are there. */
export async function heldTurns(
  messages: readonly ChatMessage[],
  asked: readonly TurnRecord[],
  others: readonly TurnRecord[],
): Promise<Set<string>> {
  const left = await userMessageCounts(messages);
  const askedTurns = new Set(asked.map(({ turn }) => turn));
  for (const record of others) {
    if (!askedTurns.has(record.turn) && record.outcome !== 'refused') take(left, hashOf(record));
  }
  return new Set(asked.filter((record) => take(left, hashOf(record))).map(({ turn }) => turn));
}

function take(counts: Map<string, number>, hash: string): boolean {
  const count = counts.get(hash) ?? 0;
  if (count > 0) counts.set(hash, count - 1);
  return count > 0;
}
