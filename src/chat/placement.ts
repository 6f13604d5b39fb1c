import { answeredTurns, type CarriedTurn } from './carried.ts';
import type { StoredReply } from './storedReply.ts';
import { isHeld, isUnfinished, type TurnRecord, type UnfinishedTurn, type VisibleTurn } from './turns.ts';

/** Why a conversation goes on in a new room. */
export type NewRoomReason = 'first' | 'fork' | 'gone' | 'connectionChanged' | 'unanswered' | 'lostMetadata';

/** Where the next turn goes. */
export type Placement = NewRoomPlacement | ContinuePlacement;

interface NewRoomPlacement {
  readonly kind: 'newRoom';
  readonly reason: NewRoomReason;
  /** The conversation that goes on; missing: a new one begins. */
  readonly conversation?: string;
  /** The visible transcript, to be sent before the prompt. */
  readonly carried: readonly CarriedTurn[];
  /** Visible turns of this connection to be looked up before the prompt is sent. */
  readonly unfinished?: readonly UnfinishedTurn[];
}

export interface ContinuePlacement {
  readonly kind: 'continue';
  readonly room: string;
  /** Missing: a new one begins, in a room whose turns were all refused. */
  readonly conversation?: string;
  /** The visible turn that the new one follows; missing if every turn of the room was refused. */
  readonly parent?: string;
  /** The room holds nothing yet: its turns were all refused. */
  readonly empty: boolean;
  /** Turns of earlier rooms. */
  readonly carried: readonly CarriedTurn[];
  /** Whether this room was seen to hold those; if not, or while nobody could look, every request repeats them. */
  readonly carriedStored: boolean | undefined;
  /** The same prompt was asked last, its outcome is unknown, and the room holds its reply. */
  readonly storedReply?: StoredReply;
  /** Everything the person sees, in case the room is gone. */
  readonly transcript: readonly CarriedTurn[];
  /** The journal's turns of the room, in all doors and windows. */
  readonly records: readonly TurnRecord[];
  /** As in a new room. */
  readonly unfinished?: readonly UnfinishedTurn[];
}

/** What only the room's messages can tell. */
export interface PlacementQuestion {
  readonly kind: 'question';
  readonly room: string;
  /** Does it hold these? */
  readonly turns: readonly TurnRecord[];
  /** Does it hold what was carried? */
  readonly carried: readonly CarriedTurn[];
  /** Does it hold a reply to this turn, whose prompt is asked again? */
  readonly again?: TurnRecord;
}

/** The answer to a {@link PlacementQuestion}. */
export interface RoomFacts {
  /** Ids of the asked turns, the one that is asked again included, whose prompt the room holds. */
  readonly held: ReadonlySet<string>;
  /** Whether the room holds the carried transcript; missing: it could not be read. */
  readonly carriedStored?: boolean;
  readonly storedReply?: StoredReply;
}

export interface PlacementInput {
  /** Since the last `/new`, oldest first; lost bindings are filled in as far as the journal knows them. */
  readonly visible: readonly VisibleTurn[];
  /** The journal of the visible rooms; without visible turns: of the rooms where this prompt was first. */
  readonly records: readonly TurnRecord[];
  readonly promptHash: string;
  readonly connection: string;
  /** Fingerprint of the connection's server and operator. */
  readonly endpointId?: string;
  readonly facts?: RoomFacts;
}

/** Decides into which room the next turn goes, so that the answer never comes from a history nobody sees. */
export function placeTurn(input: PlacementInput): Placement | PlacementQuestion {
  const { visible, records, facts } = input;
  const last = visible.at(-1);
  if (last === undefined) return placeFirstTurn(input);

  const transcript = carriable(visible, records);
  const conversation = visible.findLast(({ binding }) => binding)?.binding?.conversation;
  const newRoom = (reason: NewRoomReason): NewRoomPlacement => ({
    kind: 'newRoom',
    reason,
    carried: transcript,
    ...(conversation !== undefined && { conversation }),
  });
  if (!last.binding) return newRoom('lostMetadata');
  if (!isSameEndpoint(last.binding, input)) return newRoom('connectionChanged');

  const { room, turn } = last.binding;
  const inRoom = records.filter((record) => record.room === room);
  if (isTaken(inRoom, last.binding.conversation)) return newRoom('first');
  const missing = descendants(inRoom, turn).filter(
    (record) => record.surface === 'participant' && record.conversation === last.binding?.conversation,
  );
  if (missing.some((record) => isHeld(record) === true || facts?.held.has(record.turn)))
    return newRoom('fork');

  const begin = visible.findIndex(({ binding }) => binding?.room === room);
  // The first request that the server takes brings the prompts without an answer; the room keeps them from then on.
  const isAccepted = inRoom.some(({ prompt }) => prompt === undefined);
  const empty = inRoom.length > 0 && inRoom.every((record) => isHeld(record) === false);
  const before = carriable(visible, records, begin);
  const carried = isAccepted ? answeredTurns(before) : before;
  const known = carried.length === 0 ? true : carriedStored(inRoom);
  const asked = known === undefined && !empty ? answeredTurns(carried) : [];
  const unclear = missing.filter((record) => isHeld(record) === undefined);
  const again = inRoom.find((record) => record.turn === turn && isAgain(record, input));
  if (facts === undefined && (unclear.length > 0 || asked.length > 0 || again)) {
    return { kind: 'question', room, turns: unclear, carried: asked, ...(again && { again }) };
  }
  if (again && !facts?.storedReply && facts?.held.has(again.turn)) {
    // The room would have the prompt twice.
    const others = visible.filter(({ binding }) => binding?.turn !== again.turn);
    return { ...newRoom('unanswered'), carried: carriable(others, records) };
  }
  // A transcript that is missing says nothing while no request that brought it was taken.
  const seen = facts?.carriedStored === true || isAccepted ? facts?.carriedStored : undefined;
  return {
    kind: 'continue',
    room,
    conversation: last.binding.conversation,
    parent: turn,
    empty,
    carried,
    carriedStored: known ?? (asked.length > 0 ? seen : undefined),
    ...(facts?.storedReply && { storedReply: facts.storedReply }),
    transcript,
    records: inRoom,
  };
}

/** Whether a turn went to this connection, server and operator. Data from before endpoints were kept have none. */
export function isSameEndpoint(
  known: { readonly connection: string; readonly endpoint?: string },
  { connection, endpointId }: Pick<PlacementInput, 'connection' | 'endpointId'>,
): boolean {
  if (known.connection !== connection) return false;
  return known.endpoint === undefined || endpointId === undefined || known.endpoint === endpointId;
}

/** Nothing of this conversation got into the room, and another one of the Chat view went on there. */
function isTaken(inRoom: readonly TurnRecord[], conversation: string): boolean {
  const isOwn = (record: TurnRecord) => record.conversation === conversation;
  return (
    inRoom.some((record) => !isOwn(record) && record.surface === 'participant' && isHeld(record) !== false) &&
    inRoom.every((record) => !isOwn(record) || isHeld(record) === false)
  );
}

/** The turn got no whole answer though the server may have its prompt, which is asked again. */
function isAgain(record: TurnRecord, { promptHash }: PlacementInput): boolean {
  return isUnanswered(record) && record.promptHash === promptHash;
}

function isUnanswered(record: TurnRecord): boolean {
  return isUnfinished(record) || record.outcome === 'interrupted' || record.outcome === 'failed';
}

/**
 * A first prompt that the server refused (401, 429 …) left an empty room, which its retry uses. Nothing tells a retry
 * from another conversation that begins alike, so it is one of its own.
 */
function placeFirstTurn(input: PlacementInput): Placement {
  const { records, promptHash } = input;
  const refused = records.findLast(
    (record) =>
      record.promptHash === promptHash &&
      isSameEndpoint(record, input) &&
      record.surface === 'participant' &&
      record.parent === undefined &&
      record.room !== undefined &&
      records.every((other) => other.room !== record.room || other.outcome === 'refused'),
  );
  if (refused?.room === undefined) return { kind: 'newRoom', reason: 'first', carried: [] };
  return {
    kind: 'continue',
    room: refused.room,
    empty: true,
    carried: [],
    carriedStored: true,
    transcript: [],
    records: records.filter((record) => record.room === refused.room),
  };
}

/** All turns that followed a turn, directly or not. */
function descendants(records: readonly TurnRecord[], turn: string): TurnRecord[] {
  const found = new Set<TurnRecord>();
  const parents = new Set([turn]);
  for (let grew = true; grew;) {
    grew = false;
    for (const record of records) {
      if (found.has(record) || record.parent === undefined || !parents.has(record.parent)) continue;
      found.add(record);
      parents.add(record.turn);
      grew = true;
    }
  }
  return [...found];
}

/**
 * What of the visible turns before `end` a room needs to know: not those that no server took, which have no answer, nor
 * what came of a prompt that was asked again next, and a turn whose reply came from the room later only once.
 */
function carriable(
  visible: readonly VisibleTurn[],
  records: readonly TurnRecord[],
  end = visible.length,
): CarriedTurn[] {
  const refused = new Set(records.filter(({ outcome }) => outcome === 'refused').map(({ turn }) => turn));
  const unanswered = new Set(records.filter(isUnanswered).map(({ turn }) => turn));
  const before = visible.slice(0, end);
  const latest = new Map(before.map((turn) => [turn.binding?.turn ?? turn, turn]));
  return before
    .filter(
      ({ prompt, binding }, i) => visible[i + 1]?.prompt !== prompt || !unanswered.has(binding?.turn ?? ''),
    )
    .filter((turn) => latest.get(turn.binding?.turn ?? turn) === turn)
    .filter(({ prompt, reply, binding }) =>
      reply.trim() === '' ? prompt.trim() !== '' && !(binding && refused.has(binding.turn)) : true,
    )
    .map(({ prompt, reply }) => ({ prompt, reply }));
}

/** What was seen the last time someone looked. */
function carriedStored(records: readonly TurnRecord[]): boolean | undefined {
  return records.findLast((record) => record.carriedStored !== undefined)?.carriedStored;
}
