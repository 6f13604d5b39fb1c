import { fingerprint } from './fingerprint.ts';
import { type JournalReader, readOnce } from './journalReader.ts';
import type { ModelReference } from './modelChoice.ts';
import { isSameEndpoint, type Placement, placeTurn } from './placement.ts';
import { type FactsInput, readFacts } from './roomFacts.ts';
import {
  isUnfinished,
  type TurnOutcome,
  type TurnRecord,
  type UnfinishedTurn,
  type VisibleTurn,
} from './turns.ts';

/** What a placement is found from. */
export interface FindPlacementInput extends FactsInput {
  readonly visible: readonly VisibleTurn[];
  readonly prompt: string;
  readonly connection: string;
  /** Fingerprint of the connection's server and operator. */
  readonly endpointId?: string;
}

/**
 * Finds the room for the next turn: fills in lost bindings from the journal and reads the room where only the room
 * can tell. Rejects only with an `AbortError`.
 */
export async function findPlacement(input: FindPlacementInput): Promise<Placement> {
  const { connection, endpointId } = input;
  const journal = readOnce(input.journal, input.onJournalError);
  const promptHash = await fingerprint(input.prompt);
  const { visible, waiting } = await bindVisible(input.visible, journal);
  const records = await recordsOf(visible, promptHash, journal);
  const asked = { visible, records, promptHash, connection, ...(endpointId !== undefined && { endpointId }) };
  const decided = placeTurn(asked);
  const placement =
    decided.kind === 'question'
      ? placeTurn({ ...asked, facts: await readFacts(decided, records, input) })
      : decided;
  if (placement.kind === 'question') throw new TypeError('A placement asked twice.');
  const unfinished = [...waiting, ...unfinishedTurns(visible, records, input)];
  return unfinished.length === 0 ? placement : { ...placement, unfinished };
}

/** Visible turns whose end only their room can tell. */
function unfinishedTurns(
  visible: readonly VisibleTurn[],
  records: readonly TurnRecord[],
  input: FindPlacementInput,
): UnfinishedTurn[] {
  const shown = new Map(visible.flatMap(({ binding, reply }) => (binding ? [[binding.turn, reply]] : [])));
  return records
    .filter((record) => isUnfinished(record) && isSameEndpoint(record, input))
    .filter(({ turn }) => shown.has(turn))
    .map((record) => ({ record, shown: shown.get(record.turn) ?? '' }));
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
  const bound = await bindVisible(visible, journal);
  const binding = bound.visible.findLast((turn) => turn.binding)?.binding;
  if (!binding) return undefined;
  const records = await journal.records(binding.room);
  const record = records.find(({ turn }) => turn === binding.turn);
  const model = record?.model;
  return { connection: binding.connection, ...(model !== undefined && { model }) };
}

/** Fills in lost bindings. Turns that never reached a room wait for none any more, and are told apart. */
async function bindVisible(
  visible: readonly VisibleTurn[],
  journal: JournalReader,
): Promise<{ visible: VisibleTurn[]; waiting: UnfinishedTurn[] }> {
  const bound: VisibleTurn[] = [];
  const waiting: UnfinishedTurn[] = [];
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
    } else if (isUnfinished(record)) {
      waiting.push({ record, shown: turn.reply });
    }
  }
  return { visible: bound, waiting };
}

/** Turns lose their metadata when the host dies or is late: such a turn has no outcome, or was stopped. */
const likelihood: readonly (TurnOutcome | undefined)[] = [
  undefined,
  'interrupted',
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
  const previous = before.at(-1)?.binding;
  // A lost turn before this one: nothing says which conversation it is.
  if (before.length > 0 && !previous) return undefined;
  // So many conversations begin with the same command.
  if (lost.isCommand && !previous) return undefined;
  const found =
    lost.isCommand && previous
      ? await journal.records(previous.room)
      : await journal.find(await fingerprint(lost.prompt), previous?.conversation);
  const candidates = found.filter(({ surface, turn }) => surface === 'participant' && !known.has(turn));
  const children = candidates.filter(({ parent }) => parent === previous?.turn);
  const fitting = children.length > 0 || !previous || lost.isCommand ? children : candidates;
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
