import type { ChunkShape, ReplyDelta } from './chunks.ts';
import type { Dialect } from './dialect.ts';
import type { Exchange, Services } from './exchange.ts';
import type { ReplyFault } from './faults.ts';
import type { CompletionRequest } from './requestBodies.ts';
import { EventStream, write } from './eventStream.ts';
import { sendJson } from './exchange.ts';
import { HttpError } from './httpError.ts';
import { aborted, pause } from './pause.ts';
import { bombJson, deltasBefore, endlessJson, playReplyFault, streamError } from './replyFaults.ts';
import { countTokens } from './wholeReply.ts';

/** An answer to be given. */
export interface Task {
  readonly id: string;
  /** Id of a listed model. */
  readonly model: string;
  /** With all messages that the model is to see. */
  readonly request: CompletionRequest;
  readonly shape: ChunkShape;
  /** Called once with the text of the answer as far as it came, unless there was none. */
  readonly onText?: (text: string) => void;
}

/** Answers a completion request, streamed or whole, with the fault that was ordered for it. */
export async function answer(exchange: Exchange, services: Services, task: Task): Promise<void> {
  const { dialect, fault, watch } = exchange;
  const goesOn = fault?.name === 'lost-rest' || fault?.name === 'lost-reply';
  const signal = goesOn ? services.closing : watch.signal;
  const deltas = await services.backends[dialect.kind].reply(task.model, task.request, signal);
  const written: ReplyDelta[] = [];
  const noted = noteDeltas(deltas, dialect, written);
  try {
    if (fault?.name === 'lost-reply') await loseReply(exchange, noted);
    else if (task.request.stream === true && fault?.name !== 'whole')
      await sendStream(exchange, task, noted, written);
    else await sendWhole(exchange, task, noted, written);
  } finally {
    const first = written.filter(({ index = 0 }) => index === 0);
    const text = first.map(({ content = '' }) => content).join('');
    if (text !== '') task.onText?.(text);
  }
}

/** Fits the deltas to what the dialect has fields for; reasoning without a field is hidden, but counted. */
async function* noteDeltas(
  deltas: AsyncIterable<ReplyDelta>,
  { replyFields }: Dialect,
  written: ReplyDelta[],
): AsyncGenerator<ReplyDelta> {
  for await (const delta of deltas) {
    const { refusal, audio, ...others } = delta;
    const told =
      (!replyFields.includes('refusal') && refusal) || (!replyFields.includes('audio') && audio?.transcript);
    const fitting = told ? { ...others, content: told } : delta;
    written.push(fitting);
    if (fitting.reasoning !== undefined && !replyFields.includes('reasoning')) continue;
    if (fitting.audio && !replyFields.includes('audio')) continue;
    yield fitting;
  }
}

async function collect(deltas: AsyncIterable<ReplyDelta>): Promise<ReplyDelta[]> {
  const all: ReplyDelta[] = [];
  for await (const delta of deltas) all.push(delta);
  return all;
}

async function loseReply({ response, watch }: Exchange, deltas: AsyncIterable<ReplyDelta>): Promise<void> {
  await collect(deltas);
  watch.cutByServer = true;
  response.socket?.resetAndDestroy();
}

async function sendStream(
  exchange: Exchange,
  task: Task,
  deltas: AsyncIterable<ReplyDelta>,
  written: readonly ReplyDelta[],
): Promise<void> {
  const { dialect } = exchange;
  const stream = new EventStream(exchange.response, exchange.watch, dialect);
  try {
    await writeEvents(exchange, task, deltas, written, stream);
  } catch (error) {
    // The status has gone out: a failure of the model is told in the stream (wire contract B3), or not at all (C).
    const body = error instanceof HttpError ? error.body : { code: 'STREAM_ERROR', message: String(error) };
    if (dialect.streamErrors === 'event') await stream.event('error', body);
    if (dialect.streamErrors === 'data') await stream.data({ error: body });
    stream.end();
  }
}

async function writeEvents(
  { fault }: Exchange,
  { request, shape }: Task,
  deltas: AsyncIterable<ReplyDelta>,
  written: readonly ReplyDelta[],
  stream: EventStream,
): Promise<void> {
  let due = fault;
  let sent = 0;
  let unsent = false;
  const finished: ReplyDelta[] = [];
  const breakNow = async (): Promise<boolean> => {
    if (!due || sent < deltasBefore(due)) return false;
    const after = await playReplyFault(due, stream, shape);
    due = undefined;
    unsent = after === 'unsent';
    return after === 'over';
  };
  if (await breakNow()) return;
  for (const first of shape.first) await stream.data(first);
  for await (const delta of deltas) {
    if (delta.finishReason !== undefined) finished.push(delta);
    else if (!unsent) {
      if (fault?.name === 'slow') await pause(fault.pauseMs ?? 500, stream.signal);
      await stream.data(shape.delta(delta));
      sent += 1;
      if (await breakNow()) return;
    }
  }
  // The answer was shorter than the fault's place.
  sent = Infinity;
  if ((await breakNow()) || unsent) return;
  for (const last of shape.last(finished, countTokens(request, written))) await stream.data(last);
  await stream.finish();
}

async function sendWhole(
  exchange: Exchange,
  task: Task,
  deltas: AsyncIterable<ReplyDelta>,
  written: readonly ReplyDelta[],
): Promise<void> {
  const { fault, watch } = exchange;
  const all = await collect(deltas);
  if (watch.signal.aborted) return;
  const counts = countTokens(task.request, written);
  await sendWithFault(fault, exchange, task.shape.whole(all, counts), (content) =>
    task.shape.whole([{ content }], counts),
  );
}

/** The faults that make sense for a reply in one piece; with any other the reply comes as usual. */
async function sendWithFault(
  fault: ReplyFault | undefined,
  { response, watch }: Exchange,
  reply: object,
  replyWith: (text: string) => object,
): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const name = fault?.name;
  if (name === 'stall') {
    response.writeHead(200, json).flushHeaders();
    await aborted(watch.signal);
  } else if (name === 'cut' || name === 'lost-rest') {
    watch.cutByServer = true;
    response.writeHead(200, json);
    await new Promise<void>((resolve) => {
      response.write(JSON.stringify(reply).slice(0, 100), () => resolve());
    });
    response.destroy();
  } else if (name === 'empty') {
    response.writeHead(200, json).end();
  } else if (name === 'error-event' || name === 'error-data') {
    sendJson(response, 200, { error: fault?.body ?? streamError });
  } else if (name === 'bomb') {
    response.writeHead(200, json).end(bombJson(replyWith));
  } else if (name === 'endless') {
    response.writeHead(200, json);
    for (const piece of endlessJson(replyWith)) {
      if (watch.signal.aborted) return;
      await write(response, piece, watch.signal);
    }
  } else {
    if (name === 'slow') await pause(fault?.pauseMs ?? 500, watch.signal);
    sendJson(response, 200, reply);
  }
}
