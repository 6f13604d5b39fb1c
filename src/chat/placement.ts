import type { CarriedTurn } from './carried.ts';
import { isHeld, type TurnRecord, type VisibleTurn } from './turns.ts';

/** Why a conversation goes on in a new room. */
export type NewRoomReason = 'first' | 'fork' | 'gone' | 'connectionChanged' | 'lostMetadata';

/** Where the next turn goes. */
export type Placement = NewRoomPlacement | ContinuePlacement;

interface NewRoomPlacement {
  readonly kind: 'newRoom';
  readonly reason: NewRoomReason;
  /** The conversation that goes on; missing: a new one begins. */
  readonly conversation?: string;
  /** The visible transcript, to be sent before the prompt. */
  readonly carried: readonly CarriedTurn[];
}

export interface ContinuePlacement {
  readonly kind: 'continue';
  readonly room: string;
  readonly conversation: string;
  /** The visible turn that the new one follows; missing if every turn of the room was refused. */
  readonly parent?: string;
  /** The room holds nothing yet: its turns were all refused. */
  readonly empty: boolean;
  /** Turns of earlier rooms. */
  readonly carried: readonly CarriedTurn[];
  /** Whether this room holds those; if not, every request must repeat them. */
  readonly carriedStored: boolean;
  /** Everything the person sees, in case the room is gone. */
  readonly transcript: readonly CarriedTurn[];
  /** The journal's turns of the room, in all doors and windows. */
  readonly records: readonly TurnRecord[];
}

/** What only the room's messages can tell: whether it holds these turns, whether it holds what was carried. */
export interface PlacementQuestion {
  readonly kind: 'question';
  readonly room: string;
  readonly turns: readonly TurnRecord[];
  readonly carried: readonly CarriedTurn[];
}

/** The answer to a {@link PlacementQuestion}. */
export interface RoomFacts {
  /** Ids of the asked turns whose prompt the room holds. */
  readonly held: ReadonlySet<string>;
  /** Whether the room holds the carried transcript. */
  readonly carriedStored: boolean;
}

export interface PlacementInput {
  /** Since the last `/new`, oldest first; lost bindings are filled in as far as the journal knows them. */
  readonly visible: readonly VisibleTurn[];
  /** The journal of the visible rooms; without visible turns: of the rooms where this prompt was first. */
  readonly records: readonly TurnRecord[];
  readonly promptHash: string;
  readonly connection: string;
  readonly facts?: RoomFacts;
}

/** Decides into which room the next turn goes, so that the answer never comes from a history nobody sees. */
export function placeTurn(input: PlacementInput): Placement | PlacementQuestion {
  const { visible, records, connection, facts } = input;
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
  if (last.binding.connection !== connection) return newRoom('connectionChanged');

  const { room, turn } = last.binding;
  const inRoom = records.filter((record) => record.room === room);
  const missing = descendants(inRoom, turn).filter(
    (record) => record.surface === 'participant' && record.conversation === last.binding?.conversation,
  );
  if (missing.some((record) => isHeld(record) === true || facts?.held.has(record.turn)))
    return newRoom('fork');

  const before = visible.slice(
    0,
    visible.findIndex(({ binding }) => binding?.room === room),
  );
  const carried = carriable(before, records);
  const stored = carried.length === 0 ? true : (carriedStored(inRoom) ?? facts?.carriedStored);
  const unclear = missing.filter((record) => isHeld(record) === undefined);
  if (facts === undefined && (unclear.length > 0 || stored === undefined)) {
    return { kind: 'question', room, turns: unclear, carried: stored === undefined ? carried : [] };
  }
  return {
    kind: 'continue',
    room,
    conversation: last.binding.conversation,
    parent: turn,
    empty: inRoom.length > 0 && inRoom.every((record) => isHeld(record) === false),
    carried,
    carriedStored: stored === true,
    transcript,
    records: inRoom,
  };
}

/** A first prompt that the server refused (401, 429 …) left an empty room, which its retry uses. */
function placeFirstTurn({ records, promptHash, connection }: PlacementInput): Placement {
  const refused = records.findLast(
    (record) =>
      record.promptHash === promptHash &&
      record.connection === connection &&
      record.surface === 'participant' &&
      record.parent === undefined &&
      record.room !== undefined &&
      records.every((other) => other.room !== record.room || other.outcome === 'refused'),
  );
  if (refused?.room === undefined) return { kind: 'newRoom', reason: 'first', carried: [] };
  return {
    kind: 'continue',
    room: refused.room,
    conversation: refused.conversation,
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

/** What of the visible turns a room needs to know: not those that no server took, which have no answer. */
function carriable(visible: readonly VisibleTurn[], records: readonly TurnRecord[]): CarriedTurn[] {
  const refused = new Set(records.filter(({ outcome }) => outcome === 'refused').map(({ turn }) => turn));
  return visible
    .filter(({ prompt, reply, binding }) =>
      reply.trim() === '' ? prompt.trim() !== '' && !(binding && refused.has(binding.turn)) : true,
    )
    .map(({ prompt, reply }) => ({ prompt, reply }));
}

/** What was seen the last time someone looked. */
function carriedStored(records: readonly TurnRecord[]): boolean | undefined {
  return records.findLast((record) => record.carriedStored !== undefined)?.carriedStored;
}
