import { ApiError } from '../api/apiError.ts';
import type { ChatroomOperations } from '../api/endpoint.ts';
import { fingerprint } from './fingerprint.ts';
import { type JournalReader, readOnce } from './journalReader.ts';
import type { ModelReference } from './modelChoice.ts';
import { type Placement, type PlacementQuestion, placeTurn, type RoomFacts } from './placement.ts';
import { heldTurns, holdsCarried, readRoom } from './roomMessages.ts';
import { findReply } from './storedReply.ts';
import type { TurnOutcome, TurnRecord, VisibleTurn } from './turns.ts';

/** What a placement is found from. */
export interface FindPlacementInput {
  readonly visible: readonly VisibleTurn[];
  readonly prompt: string;
  readonly connection: string;
  /** Fingerprint of the connection's server and operator. */
  readonly endpointId?: string;
  readonly journal: JournalReader;
  readonly chatrooms: Pick<ChatroomOperations, 'listMessages'>;
  readonly signal?: AbortSignal;
  /** Hears what of the journal could not be read; it counts as empty. */
  readonly onJournalError?: (error: unknown) => void;
}

/**
 * Finds the room for the next turn: fills in lost bindings from the journal and reads the room where only the room
 * can tell. Rejects only with an `AbortError`.
 */
export async function findPlacement(input: FindPlacementInput): Promise<Placement> {
  const { connection, endpointId } = input;
  const journal = readOnce(input.journal, input.onJournalError);
  const promptHash = await fingerprint(input.prompt);
  const visible = await bindVisible(input.visible, journal);
  const records = await recordsOf(visible, promptHash, journal);
  const asked = { visible, records, promptHash, connection, ...(endpointId !== undefined && { endpointId }) };
  const decided = placeTurn(asked);
  if (decided.kind !== 'question') return decided;
  const facts = await readFacts(decided, records, input);
  const answered = placeTurn({ ...asked, facts });
  if (answered.kind === 'question') throw new TypeError('A placement asked twice.');
  return answered;
}

/**
 * The connection and model of the last visible turn that has a room: what the conversation goes on with. Give
 * `findPlacement` the same `readOnce`, and nothing is read twice. Never rejects.
 */
export async function lastModel(
  visible: readonly VisibleTurn[],
  anyJournal: JournalReader,
  onJournalError?: (error: unknown) => void,
): Promise<ModelReference | undefined> {
  const journal = readOnce(anyJournal, onJournalError);
  const binding = (await bindVisible(visible, journal)).findLast((turn) => turn.binding)?.binding;
  if (!binding) return undefined;
  const records = await journal.records(binding.room);
  const record = records.find(({ turn }) => turn === binding.turn);
  const model = record?.model;
  return { connection: binding.connection, ...(model !== undefined && { model }) };
}

/** Fills in lost bindings; turns that never reached a room are left out. */
async function bindVisible(visible: readonly VisibleTurn[], journal: JournalReader): Promise<VisibleTurn[]> {
  const bound: VisibleTurn[] = [];
  const known = new Set(visible.flatMap(({ binding }) => binding?.turn ?? []));
  for (const turn of visible) {
    if (turn.binding) {
      bound.push(turn);
      continue;
    }
    const record = await findLost(turn, bound, known, journal);
    if (!record) {
      bound.push(turn);
    } else if (record.room !== undefined) {
      const { conversation, room, connection, endpoint } = record;
      known.add(record.turn);
      bound.push({
        ...turn,
        binding: {
          conversation,
          room,
          connection,
          turn: record.turn,
          ...(endpoint !== undefined && { endpoint }),
        },
      });
    }
  }
  return bound;
}

/** Turns lose their metadata when the host dies or is late: such a turn has no outcome, or was stopped. */
const likelihood: readonly (TurnOutcome | undefined)[] = [
  undefined,
  'stopped',
  'unknown',
  'failed',
  'refused',
  'answered',
];

async function findLost(
  lost: VisibleTurn,
  before: readonly VisibleTurn[],
  known: ReadonlySet<string>,
  journal: JournalReader,
): Promise<TurnRecord | undefined> {
  const hash = await fingerprint(lost.prompt);
  const previous = before.at(-1)?.binding;
  // A lost turn before this one: nothing says which conversation it is.
  if (before.length > 0 && !previous) return undefined;
  const found = await journal.find(hash, previous?.conversation);
  const candidates = found.filter(({ surface, turn }) => surface === 'participant' && !known.has(turn));
  const children = candidates.filter(({ parent }) => parent === previous?.turn);
  const fitting = children.length > 0 || !previous ? children : candidates;
  const byLikelihood = likelihood.map((outcome) => fitting.findLast((record) => record.outcome === outcome));
  return byLikelihood.find((record) => record !== undefined);
}

async function recordsOf(
  visible: readonly VisibleTurn[],
  promptHash: string,
  journal: JournalReader,
): Promise<TurnRecord[]> {
  const rooms =
    visible.length > 0
      ? visible.flatMap(({ binding }) => binding?.room ?? [])
      : (await journal.find(promptHash)).flatMap(
          ({ room, outcome }) => (outcome === 'refused' && room) || [],
        );
  return (await Promise.all([...new Set(rooms)].map((room) => journal.records(room)))).flat();
}

async function readFacts(
  { room, turns, carried, again }: PlacementQuestion,
  records: readonly TurnRecord[],
  { chatrooms, signal }: FindPlacementInput,
): Promise<RoomFacts> {
  try {
    const messages = await readRoom(chatrooms, room, signal);
    const inRoom = records.filter((record) => record.room === room);
    const held = await heldTurns(messages, again ? [...turns, again] : turns, inRoom);
    const text = again && held.has(again.turn) ? await findReply(messages, again) : undefined;
    return {
      held,
      carriedStored: await holdsCarried(messages, carried),
      ...(again && text !== undefined && { storedReply: { record: again, text } }),
    };
  } catch (error) {
    signal?.throwIfAborted();
    // A room that is gone holds nothing; `ask` notices it. Otherwise better a fork than an unseen history.
    const gone = error instanceof ApiError && error.kind === 'notFound';
    return { held: new Set(gone ? [] : turns.map(({ turn }) => turn)) };
  }
}
