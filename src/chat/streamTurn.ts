import type { AskInput } from './askInput.ts';
import { askRequest } from './askRequest.ts';
import { answeredTurns, type CarriedTurn } from './carried.ts';
import { type Elsewhere, elsewhereNotice } from './elsewhere.ts';
import { pause, systemClock } from './clock.ts';
import { recoverTurn } from './recoverTurn.ts';
import { assembleReply } from './replyAssembly.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { streamReply } from './replyStream.ts';
import { holdsCarried, readRoom } from './roomMessages.ts';
import type { TurnLog } from './turnLog.ts';
import type { TurnRecord } from './turns.ts';

/** A turn between its prompt and its outcome. */
export interface RunningTurn {
  readonly input: AskInput;
  readonly record: TurnRecord;
  readonly log: TurnLog;
  /** The request with the prompt was started. */
  sent: boolean;
  /** The server has taken the prompt. */
  held: boolean;
  /** The outcome is in the journal. */
  ended: boolean;
}

/** The room that a turn streams from. */
export interface StreamTarget {
  readonly room: string;
  /** Turns that the room lacks. */
  readonly carried: readonly CarriedTurn[];
  /** Nobody has seen yet whether the room keeps those. */
  readonly looksForCarried: boolean;
  readonly isEmpty: boolean;
  /** The journal's work of moving the turn into the room. */
  readonly moved?: Promise<void>;
  /** Counts the turns that other clients added; runs beside the answer. */
  readonly readForeign?: () => Promise<Elsewhere>;
}

/** How long a finished answer waits for the count of foreign turns, in milliseconds. */
const foreignWait = 300;

/** How long a request waits until the journal knows its room, in milliseconds. */
const longestMove = 2000;

/** Sends the request of a turn and yields its reply; what a dead connection cuts off is read from the room. */
export async function* streamTurn(
  turn: RunningTurn,
  target: StreamTarget,
): AsyncGenerator<ReplyEvent, void, void> {
  const { input, log } = turn;
  const { chatrooms } = input.endpoint;
  const request = askRequest(input, target.carried, target.isEmpty);
  const reply = assembleReply(input.endpoint.expects(request));
  const foreign = watch(target.readForeign);
  let text = '';
  let ending: ReplyEvent[];
  input.signal?.throwIfAborted();
  // A host that is killed while the server thinks finds the room again. A slow disk is not waited for.
  if (target.moved) await Promise.race([target.moved, pause(input.clock ?? systemClock, longestMove)]);
  input.signal?.throwIfAborted();
  turn.sent = true;
  try {
    const events = streamReply(
      (options) => chatrooms.streamChatCompletion(target.room, request, options),
      reply,
      input.signal,
    );
    for await (const event of events) {
      if (event.type === 'textDelta') {
        if (text === '') yield* foreignNotice(turn, foreign.take());
        text += event.text;
        log.addReply(event.text);
      }
      yield event;
      if (event.type === 'state' && event.state === 'streaming') {
        turn.held = true;
        await target.moved;
      }
    }
    ending = reply.end();
  } catch (error) {
    ending = reply.isWhole
      ? reply.end()
      : yield* recoverTurn(turn, { room: target.room, text, model: reply.model, error });
  }
  turn.ended = true;
  turn.held = true;
  await log.end('answered', true, ending.find((event) => event.type === 'usage')?.usage);
  if (target.looksForCarried && answeredTurns(target.carried).length > 0) checkCarried(turn, target);
  await foreign.settled(foreignWait, input.signal);
  yield* foreignNotice(turn, foreign.take());
  yield* ending;
}

function* foreignNotice({ input, log }: RunningTurn, foreign: Elsewhere | undefined): Generator<ReplyEvent> {
  if (!foreign || foreign.total === 0) return;
  // Not awaited: the answer does not wait for the disk, and writes of one turn keep their order.
  void log.note({ foreign: foreign.total });
  if (foreign.added > 0) yield elsewhereNotice(foreign.added, input.l10n);
}

interface Watched {
  /** What is known by now, once. */
  take(): Elsewhere | undefined;
  /** Resolves when it is known or can no longer be, at the latest after so many milliseconds or at the stop. */
  settled(maxMs: number, signal: AbortSignal | undefined): Promise<void>;
}

/** The count is only a courtesy: if the room cannot be read, nothing is said. */
function watch(read: (() => Promise<Elsewhere>) | undefined): Watched {
  let found: Elsewhere | undefined;
  const look = async () => {
    try {
      found = await read?.();
    } catch {
      // Unreadable rooms are the completion's matter.
    }
  };
  const done = look();
  return {
    take: () => {
      const taken = found;
      found = undefined;
      return taken;
    },
    settled: async (maxMs, signal) => {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, maxMs);
      const stop = () => late.resolve();
      signal?.addEventListener('abort', stop);
      if (signal?.aborted) stop();
      await Promise.race([done, late.promise]);
      signal?.removeEventListener('abort', stop);
      clearTimeout(timer);
    },
  };
}

/** Looks whether the room kept the carried transcript, so that later turns need not repeat it. */
function checkCarried({ input, record, log }: RunningTurn, { room, carried }: StreamTarget): void {
  const check = async () => {
    const { chatrooms, connection } = input.endpoint;
    const messages = await readRoom(chatrooms, room);
    const { placement } = input;
    const earlier = placement.kind === 'continue' && placement.room === room ? placement.records : [];
    const isStored = await holdsCarried(messages, carried, [...earlier, record]);
    await log.note({ carriedStored: isStored });
    if (isStored) await input.carriedTranscripts?.remove({ connection, room });
  };
  // Unanswered, the question is asked again before the next turn.
  const work = check().catch(() => undefined);
  input.onBackground?.(work);
}
