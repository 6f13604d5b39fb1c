import { ApiError } from '../api/apiError.ts';
import { dialectOf } from '../api/dialects.ts';
import type { AskInput } from './askInput.ts';
import { userContent } from './askRequest.ts';
import type { CarriedTurn } from './carried.ts';
import { elsewhereNotice, foreignTurns, turnsElsewhere } from './elsewhere.ts';
import { fingerprint } from './fingerprint.ts';
import type { L10n } from './l10n.ts';
import type { ContinuePlacement, NewRoomReason } from './placement.ts';
import { toCarry } from './plannedRequest.ts';
import { recoverEarlier } from './recoverEarlier.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { isSameMessage, mediaHash, replyFromRoom } from './storedReply.ts';
import { stopWith } from './replyStream.ts';
import { type RunningTurn, streamTurn } from './streamTurn.ts';
import { untilFirst } from './untilFirst.ts';
import type { RetryWait } from '../api/retry.ts';
import type { ChatRoom } from '../api/wire.ts';
import { createTurnLog } from './turnLog.ts';
import { endState, turnOutcome } from './turnOutcome.ts';
import type { TurnOutcome, TurnRecord } from './turns.ts';

/**
 * The only way from a prompt to reply events. Failure is thrown as `ApiError`, cancellation as `AbortError`;
 * leaving the loop stops the turn.
 */
export async function* ask(input: AskInput): AsyncGenerator<ReplyEvent, void, void> {
  const { placement, l10n, signal } = input;
  signal?.throwIfAborted();
  if (placement.kind === 'continue' && placement.storedReply) {
    if (await isSameMessage(input, toCarry(placement), placement.storedReply)) {
      yield* replyFromRoom(input, placement.room, placement.storedReply);
      return;
    }
  }
  const record = await newRecord(input);
  const log = createTurnLog({
    journal: input.journal,
    turn: input.turn,
    // Chatrooms on this machine keep it themselves.
    keepsReply: dialectOf(input.endpoint.kind).hasChatrooms,
    ...(input.clock && { clock: input.clock }),
    onError: input.onJournalError ?? (() => undefined),
  });
  const turn: RunningTurn = { input, record, log, sent: false, held: false, ended: false };
  const isWritten = await log.begin(record);
  try {
    signal?.throwIfAborted();
    if (!isWritten) {
      yield {
        type: 'notice',
        text: l10n.t('This turn could not be saved on this machine; Tachyon is asked all the same.'),
      };
    }
    yield* recoverEarlier(input);
    if (placement.kind === 'continue') {
      yield* askKnownRoom(turn, placement);
    } else {
      yield* askNewRoom(turn, placement.reason, placement.carried);
    }
  } catch (error) {
    // A fault that a stop brought about is the stop.
    const reason: unknown = signal?.aborted ? signal.reason : error;
    const outcome = signal?.aborted ? 'stopped' : turnOutcome(error);
    await end(turn, outcome);
    yield { type: 'state', state: endState(outcome, turn.sent) };
    throw reason;
  } finally {
    // Reached without an outcome only if the reader left the loop.
    await end(turn, 'stopped');
  }
}

async function* askKnownRoom(
  turn: RunningTurn,
  placement: ContinuePlacement,
): AsyncGenerator<ReplyEvent, void, void> {
  const { input, log, record } = turn;
  const { chatrooms } = input.endpoint;
  bind(turn, placement.room);
  // A panel shows the whole room, and a quick prompt none of it.
  const isPart = input.surface === 'participant';
  const elsewhere = isPart ? turnsElsewhere(placement) : { added: 0, total: 0 };
  if (elsewhere.added > 0) yield elsewhereNotice(elsewhere.added, input.l10n);
  if (elsewhere.total > 0) await log.note({ elsewhere: elsewhere.total });
  try {
    yield* streamTurn(turn, {
      room: placement.room,
      carried: toCarry(placement),
      looksForCarried: placement.carriedStored === undefined,
      isEmpty: placement.empty,
      ...(isPart &&
        !placement.empty && {
          readForeign: () => foreignTurns(chatrooms, placement, record, input.signal),
        }),
    });
  } catch (error) {
    if (!(await isGone(error, input, placement.room))) throw error;
    turn.sent = false;
    yield* askNewRoom(turn, 'gone', placement.transcript);
  }
}

async function* askNewRoom(
  turn: RunningTurn,
  reason: NewRoomReason,
  carried: readonly CarriedTurn[],
): AsyncGenerator<ReplyEvent, void, void> {
  const { input, log } = turn;
  const text = newRoomText(reason, input.l10n);
  if (text !== undefined) yield { type: 'notice', text };
  yield { type: 'progress', text: input.l10n.t('Creating a chatroom…') };
  const room = yield* createRoom(input);
  // Whoever hears of the room reads it.
  await keepCarried(input, room.id, carried);
  bind(turn, room.id);
  // The prompt is in the journal since the turn began; where it goes is written while the server thinks.
  const moved = log.moveTo(room.id);
  yield* streamTurn(turn, { room: room.id, carried, looksForCarried: true, isEmpty: true, moved });
}

/** What the server may not store must be there for whoever opens the room. */
async function keepCarried(
  { carriedTranscripts, endpoint, onJournalError }: AskInput,
  room: string,
  carried: readonly CarriedTurn[],
): Promise<void> {
  if (carried.length === 0) return;
  try {
    await carriedTranscripts?.keep({ connection: endpoint.connection, room }, carried);
  } catch (error) {
    onJournalError?.(error);
  }
}

/** A wait before the room's request goes out again is told as the prompt's own would be. */
async function* createRoom({
  endpoint,
  newRoom,
  signal,
}: AskInput): AsyncGenerator<ReplyEvent, ChatRoom, void> {
  const stop = stopWith(signal);
  const news = untilFirst<ChatRoom, RetryWait>(async function* create(tell) {
    yield await endpoint.chatrooms.create(newRoom, { onRetry: tell, signal: stop.signal });
  });
  try {
    for await (const item of news) {
      if (!('tryNow' in item)) return item;
      const { error, delay, tryNow } = item;
      yield { type: 'state', state: 'waiting', error, delay, tryNow };
    }
  } finally {
    stop.now();
  }
  throw new TypeError('A chatroom was neither made nor refused.');
}

function bind({ input }: RunningTurn, room: string): void {
  const { conversation, endpoint, endpointId, turn } = input;
  input.onBinding?.({
    conversation,
    room,
    connection: endpoint.connection,
    turn,
    ...(endpointId !== undefined && { endpoint: endpointId }),
  });
}

async function end(turn: RunningTurn, outcome: TurnOutcome): Promise<void> {
  if (turn.ended) return;
  turn.ended = true;
  await turn.log.end(turn.sent ? outcome : 'refused', turn.held && outcome !== 'unknown');
}

/** A room is gone if both its completion and its messages are unknown: a 404 alone may mean the model. */
async function isGone(error: unknown, { endpoint, signal }: AskInput, room: string): Promise<boolean> {
  if (!(error instanceof ApiError) || error.kind !== 'notFound') return false;
  try {
    await endpoint.chatrooms.listMessages(room, { limit: 1, offset: 0 }, signal ? { signal } : {});
    return false;
  } catch (second) {
    signal?.throwIfAborted();
    return second instanceof ApiError && second.kind === 'notFound';
  }
}

function newRoomText(reason: NewRoomReason, l10n: L10n): string | undefined {
  const texts: Readonly<Record<NewRoomReason, string | undefined>> = {
    first: undefined,
    fork: l10n.t(
      'Earlier turns were changed or taken back, so this conversation goes on in a new chatroom with the turns shown above.',
    ),
    gone: l10n.t(
      'The chatroom of this conversation no longer exists on the server, so it goes on in a new chatroom with the turns shown above.',
    ),
    connectionChanged: l10n.t(
      'The connection has changed, so this conversation goes on in a new chatroom there with the turns shown above.',
    ),
    unanswered: l10n.t(
      'The chatroom already has this prompt, without a whole answer, so it is asked in a new chatroom with the turns before it.',
    ),
    lostMetadata: l10n.t(
      'The chatroom of the last turn could not be found, so this conversation goes on in a new chatroom with the turns shown above.',
    ),
  };
  return texts[reason];
}

async function newRecord({ placement, endpoint, endpointId, ...input }: AskInput): Promise<TurnRecord> {
  const isKnown = placement.kind === 'continue';
  const carried = isKnown ? toCarry(placement) : placement.carried;
  const [promptHash, contentHash, media] = await Promise.all([
    fingerprint(input.prompt),
    fingerprint(userContent(input, carried)),
    mediaHash(input),
  ]);
  return {
    turn: input.turn,
    conversation: input.conversation,
    connection: endpoint.connection,
    ...(endpointId !== undefined && { endpoint: endpointId }),
    surface: input.surface,
    promptHash,
    askedAt: new Date().toISOString(),
    prompt: input.prompt,
    ...(contentHash !== promptHash && { contentHash }),
    ...(media !== undefined && { mediaHash: media }),
    ...(input.model !== undefined && { model: input.model }),
    ...(isKnown && { room: placement.room }),
    ...(isKnown && placement.parent !== undefined && { parent: placement.parent }),
    ...(isKnown &&
      placement.carriedStored !== undefined &&
      placement.carried.length > 0 && { carriedStored: placement.carriedStored }),
  };
}
