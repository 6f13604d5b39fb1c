import { ApiError } from '../api/apiError.ts';
import type { ConnectionKind } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';
import type { ChatroomOperations } from '../api/endpoint.ts';
import { type JournalReader, readOnce } from './journalReader.ts';
import type { PlacementQuestion, RoomFacts } from './placement.ts';
import { heldTurns, holdsCarried, readRoom } from './roomMessages.ts';
import { findTurn, isMore, type RoomTurn } from './roomTurn.ts';
import type { TurnRecord } from './turns.ts';

/** What reading a room for a placement needs. */
export interface FactsInput {
  readonly chatrooms: Pick<ChatroomOperations, 'listMessages'>;
  /** The connection's; missing: Tachyon's. */
  readonly kind?: ConnectionKind;
  readonly journal: JournalReader;
  readonly signal?: AbortSignal;
  /** Hears what of the journal could not be read; it counts as empty. */
  readonly onJournalError?: (error: unknown) => void;
}

/** Reads the answer to a question from its room. Rejects only with an `AbortError`. */
export async function readFacts(
  { room, turns, carried, again }: Omit<PlacementQuestion, 'kind'>,
  records: readonly TurnRecord[],
  input: FactsInput,
): Promise<RoomFacts> {
  const { chatrooms, signal } = input;
  const inRoom = records.filter((record) => record.room === room);
  try {
    const messages = await readRoom(chatrooms, room, signal);
    const held = await heldTurns(messages, turns, inRoom);
    const carriedStored = await holdsCarried(messages, carried, inRoom);
    if (!again) return { held, carriedStored };
    const found = await findTurn(messages, again, inRoom);
    if (found.isHeld) held.add(again.turn);
    const text = await storedText(again, found, input);
    return { held, carriedStored, ...(text !== undefined && { storedReply: { record: again, text } }) };
  } catch (error) {
    signal?.throwIfAborted();
    // A room that is gone holds nothing; `ask` notices it. Otherwise better a fork than an unseen history or a prompt
    // that stands there twice.
    const gone = error instanceof ApiError && error.kind === 'notFound';
    return { held: new Set(gone ? [] : [...turns, ...(again ? [again] : [])].map(({ turn }) => turn)) };
  }
}

/** The reply that answers a prompt without asking again: one on the server, of which more is there than came. */
async function storedText(
  { turn }: TurnRecord,
  { reply }: RoomTurn,
  { kind = 'tachyon', journal, onJournalError }: FactsInput,
): Promise<string | undefined> {
  if (reply === undefined || !dialectOf(kind).hasChatrooms) return undefined;
  const kept = await readOnce(journal, onJournalError).replies([turn]);
  return isMore(reply, kept.get(turn) ?? '') ? reply : undefined;
}
