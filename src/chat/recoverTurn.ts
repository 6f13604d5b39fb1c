import { dialectOf } from '../api/dialects.ts';
import { awaitReply } from './awaitReply.ts';
import { systemClock } from './clock.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { restOf } from './roomTurn.ts';
import type { RunningTurn } from './streamTurn.ts';
import { mayGoOn } from './turnOutcome.ts';
import type { TurnRecord } from './turns.ts';

/** What has come of a reply whose connection died. */
export interface CutReply {
  readonly room: string;
  readonly text: string;
  /** As the server named it. */
  readonly model: string | undefined;
  readonly error: unknown;
}

/**
 * Reads the rest of a cut reply from its room. Yields it and returns what ends the reply; throws the error that cut
 * it if the room has no more. Nothing is sent again.
 */
export async function* recoverTurn(
  turn: RunningTurn,
  { room, text, model = turn.record.model, error }: CutReply,
): AsyncGenerator<ReplyEvent, ReplyEvent[], void> {
  const { endpoint, journal, clock = systemClock, signal, onJournalError } = turn.input;
  // A chatroom on this machine has nothing that did not come through this connection.
  if (signal?.aborted || !mayGoOn(error) || !dialectOf(endpoint.kind).hasChatrooms) throw error;
  // Until the room was seen to hold it, the prompt stays in the journal.
  turn.held = false;
  yield { type: 'state', state: 'recovering' };
  const { chatrooms } = endpoint;
  let records: TurnRecord[] = [];
  try {
    records = await journal.records(room);
  } catch (unreadable) {
    onJournalError?.(unreadable);
  }
  const found = await awaitReply({
    chatrooms,
    room,
    record: turn.record,
    records,
    partial: text,
    isFresh: true,
    mayGrow: true,
    clock,
    ...(signal && { signal }),
  });
  if (found.reply === undefined) throw error;
  yield { type: 'state', state: 'recovered' };
  const rest = restOf(found.reply, text);
  yield rest === undefined ? { type: 'replacement', text: found.reply } : { type: 'textDelta', text: rest };
  return [{ type: 'finished', finishReason: undefined, model, isRefusal: false, isCut: false }];
}
