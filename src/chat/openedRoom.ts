import type { ChatroomOperations } from '../api/endpoint.ts';
import { isObject, type JsonObject } from '../api/json.ts';
import type { ChatMessage } from '../api/wire.ts';
import type { CarriedTurn } from './carried.ts';
import { joinBlocks } from './carried.ts';
import { fingerprint } from './fingerprint.ts';
import { oldestMessagesFirst } from './messageOrder.ts';
import { messageTurns } from './messageTurns.ts';
import { countForeign, readRoom } from './roomMessages.ts';
import type { TurnBinding, TurnRecord, VisibleTurn } from './turns.ts';

/** Which chatroom `/room` opens. */
export interface RoomReference {
  readonly connection: string;
  readonly room: string;
}

/** A chatroom's last turns. */
export interface OpenedRoom {
  /** Oldest first. */
  readonly turns: readonly CarriedTurn[];
  /** How many turns there are before those. */
  readonly earlier: number;
  /** Everything that was read, for {@link openedRecord}. */
  readonly messages: readonly ChatMessage[];
}

/** What the turn that opened a room leaves in `ChatResult.metadata.tachyon.opened`: later turns go on from it. */
export interface OpenedConversation {
  readonly binding: TurnBinding;
  /** What was shown of the room's own turns. */
  readonly turns: readonly CarriedTurn[];
  /** What was carried into the room, shown before those; the room may lack it. */
  readonly carried?: readonly CarriedTurn[];
}

/** Turns that are shown, and code units of all of them. */
const mostTurns = 20;
const mostText = 60_000;
/** No id of a room: where turns are said to be that were carried into one. */
const carriedRoom = '~carried';

/** The argument of `/room`; {@link parseRoomReference} reads it. */
export function roomReference({ connection, room }: RoomReference): string {
  return `${connection}/${encodeURIComponent(room)}`;
}

/** Reads the argument of `/room`, which anybody can type: undefined for what names no chatroom. */
export function parseRoomReference(argument: string): RoomReference | undefined {
  const [, connection = '', encoded = ''] =
    /^([a-z0-9][a-z0-9._-]{0,31}|~[0-9a-f]{40})\/(\S{1,600})$/.exec(argument.trim()) ?? [];
  const room = decode(encoded);
  // No id of a server holds these; as a path they would lead elsewhere.
  if (room === '' || /[\\/\p{Cc}]|^\.{1,2}$/u.test(room)) return undefined;
  return { connection, room };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Reads the last turns of a chatroom. Throws `ApiError`, or a `StorageError` for a local one. */
export async function readOpenedRoom(
  chatrooms: Pick<ChatroomOperations, 'listMessages'>,
  room: string,
  signal?: AbortSignal,
): Promise<OpenedRoom> {
  const messages = oldestMessagesFirst(await readRoom(chatrooms, room, signal));
  const all = turnsOf(messages);
  let length = 0;
  const isShown = ({ prompt, reply }: CarriedTurn) => (length += prompt.length + reply.length) <= mostText;
  const from = all.findLastIndex((turn, i) => !isShown(turn) || all.length - i > mostTurns) + 1;
  // The last turn alone may be too long; nothing at all would help nobody.
  const turns = all.slice(Math.min(from, all.length - 1));
  return { turns, earlier: all.length - turns.length, messages };
}

/** Prompts that nobody answered join the next one: a transcript has user and assistant in turn. */
function turnsOf(messages: readonly ChatMessage[]): CarriedTurn[] {
  const turns: CarriedTurn[] = [];
  for (const { prompt, attachments, reply } of messageTurns(messages)) {
    const shown = joinBlocks(prompt, ...attachments.map((type) => `[${type}]`));
    const last = turns.at(-1);
    if (last?.reply === '') turns[turns.length - 1] = { prompt: joinBlocks(last.prompt, shown), reply };
    else turns.push({ prompt: shown, reply });
  }
  return turns;
}

/**
 * The journal's record of the turn that opened a room. It stands for everything the room holds by now, so that later
 * turns tell only of what is added after it.
 */
export async function openedRecord(
  binding: TurnBinding,
  messages: readonly ChatMessage[],
  records: readonly TurnRecord[],
): Promise<TurnRecord> {
  const model = records.findLast((record) => record.model !== undefined)?.model;
  return {
    ...binding,
    surface: 'participant',
    promptHash: await fingerprint(`/room ${binding.turn}`),
    askedAt: new Date().toISOString(),
    // Not `answered`: the room has no prompt of it. Not `refused`: the room is not empty.
    outcome: 'stopped',
    elsewhere: records.filter(({ outcome }) => outcome === 'answered').length,
    foreign: await countForeign(messages, records, []),
    ...(model !== undefined && { model }),
  };
}

/** The turns that a conversation shows after it opened a room. */
export function visibleOpened({ binding, turns, carried = [] }: OpenedConversation): VisibleTurn[] {
  // As if they stood in an earlier room: requests bring them along for as long as this one lacks them.
  const before = carried.map((turn, i) => ({
    ...turn,
    binding: { ...binding, room: carriedRoom, turn: `${binding.turn}.c${i}` },
  }));
  const last = turns.length - 1;
  if (last < 0) return [...before, { prompt: '', reply: '', binding }];
  // Ids of their own: the journal knows the last one only.
  const own = turns.map((turn, i) => ({
    ...turn,
    binding: i === last ? binding : { ...binding, turn: `${binding.turn}.${i}` },
  }));
  return [...before, ...own];
}

/** What the turn with this `ChatResult` opened; undefined if it opened nothing. VS Code stored it, so it is checked. */
export function openedConversation({
  metadata,
}: {
  readonly metadata?: JsonObject;
}): OpenedConversation | undefined {
  const tachyon = metadata?.['tachyon'];
  const opened = isObject(tachyon) ? tachyon['opened'] : undefined;
  if (!isObject(opened) || !isBinding(opened['binding'])) return undefined;
  const { binding, turns, carried } = opened;
  if (!Array.isArray(turns) || !turns.every(isTurn)) return undefined;
  const hasCarried = Array.isArray(carried) && carried.every(isTurn);
  return { binding, turns, ...(hasCarried && { carried }) };
}

function isBinding(value: unknown): value is TurnBinding {
  if (!isObject(value)) return false;
  const { endpoint } = value;
  const ids = [value['conversation'], value['room'], value['connection'], value['turn']];
  return (
    ids.every((id) => typeof id === 'string' && id !== '') &&
    (endpoint === undefined || typeof endpoint === 'string')
  );
}

function isTurn(value: unknown): value is CarriedTurn {
  return isObject(value) && typeof value['prompt'] === 'string' && typeof value['reply'] === 'string';
}
