import type { ConnectionKind } from '../../api/connection.ts';
import type { ChatroomOperations } from '../../api/endpoint.ts';
import { answeredTurns, type CarriedTurn } from '../carried.ts';

import type { JournalReader } from '../journalReader.ts';
import type { Placement } from '../placement.ts';
import { readFacts } from '../roomFacts.ts';
import { isHeld, type TurnRecord } from '../turns.ts';

/** A turn that a panel shows. */
export interface PlacedTurn extends CarriedTurn {
  /** The journal's, where it knows the turn. */
  readonly turn?: string;
}

/** A prompt that is asked in the room that a panel shows, whose turns all stand there for the person to see. */
export interface RoomPrompt {
  readonly room: string;
  /** Under which the room is kept. */
  readonly connection: string;
  readonly kind: ConnectionKind;
  readonly prompt: string;
  /** The journal's turns of the room. */
  readonly records: readonly TurnRecord[];
  /** What was carried into the room and is not known to be in it. */
  readonly carried: readonly CarriedTurn[];
  /** The room has no message. */
  readonly isEmpty: boolean;
  /** What is shown, as far as it is at hand. */
  readonly shown: readonly PlacedTurn[];
  /** The turn whose prompt is asked again, because it got no whole answer. */
  readonly again?: string;
  readonly journal: JournalReader;
  readonly chatrooms: Pick<ChatroomOperations, 'listMessages'>;
  readonly signal?: AbortSignal;
}

/**
 * Places a prompt at the end of a room. A prompt that is asked again is looked for first: its reply may be there, and a
 * room that has it without one would have it twice. Rejects only with an `AbortError`.
 */
export async function placeInRoom(input: RoomPrompt): Promise<Placement> {
  const { room, records, shown, again } = input;
  const asked = records.find(({ turn, outcome }) => turn === again && outcome !== 'refused');
  const facts = asked && (await readFacts({ room, turns: [], carried: [], again: asked }, records, input));
  if (asked && facts && !facts.storedReply && facts.held.has(asked.turn)) {
    const before = shown.filter(({ turn }) => turn !== again);
    return { kind: 'newRoom', reason: 'unanswered', carried: before.map(toCarried) };
  }
  const empty = input.isEmpty && records.every((record) => isHeld(record) === false);
  // The first request that the server takes brings the prompts without an answer; the room keeps them from then on.
  const isAccepted = records.some(({ prompt }) => prompt === undefined);
  const carried = isAccepted ? answeredTurns(input.carried) : input.carried;
  const seen = records.findLast((record) => record.carriedStored !== undefined)?.carriedStored;
  const parent = records.findLast(({ outcome }) => outcome !== 'refused')?.turn;
  return {
    kind: 'continue',
    room,
    ...(parent !== undefined && { parent }),
    empty,
    carried,
    carriedStored: carried.length === 0 ? true : seen,
    ...(facts?.storedReply && { storedReply: facts.storedReply }),
    transcript: shown.map(toCarried),
    records,
  };
}

function toCarried({ prompt, reply }: CarriedTurn): CarriedTurn {
  return { prompt, reply };
}
