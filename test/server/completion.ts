import type { ChunkShape, ReplyDelta } from './chunks.ts';
import type { Exchange, Services } from './exchange.ts';
import type { ReplyFault } from './faults.ts';
import type { CompletionRequest } from './requestBodies.ts';
import { wholeReply } from './chunks.ts';
import { EventStream } from './eventStream.ts';
import { sendJson } from './exchange.ts';
import { HttpError } from './httpError.ts';
import { aborted, pause } from './pause.ts';
import { deltasBefore, playReplyFault, streamError } from './replyFaults.ts';
import { messageText } from './requestBodies.ts';

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
  const { fault, watch } = exchange;
  const goesOn = fault?.name === 'lost-rest' || fault?.name === 'lost-reply';
  const signal = goesOn ? services.closing : watch.signal;
  const deltas = await services.models.reply(task.model, task.request, signal);
  const written: string[] = [];
  const noted = noteText(deltas, written);
  try {
    if (fault?.name === 'lost-reply') await loseReply(exchange, noted);
    else if (task.request.stream === true && fault?.name !== 'whole') await sendStream(exchange, task, noted);
    else await sendWhole(exchange, task, noted);
  } finally {
    const text = written.join('');
    if (text !== '') task.onText?.(text);
  }
}

async function* noteText(deltas: AsyncIterable<ReplyDelta>, written: string[]): AsyncGenerator<ReplyDelta> {
  for await (const delta of deltas) {
    written.push(delta.content ?? '');
    yield delta;
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

async function sendStream(exchange: Exchange, task: Task, deltas: AsyncIterable<ReplyDelta>): Promise<void> {
  const stream = new EventStream(exchange.response, exchange.watch);
  try {
    await writeEvents(exchange, task, deltas, stream);
  } catch (error) {
    // The status has gone out: a failure of the model is told in the stream (wire contract B3).
    const body = error instanceof HttpError ? error.body : { code: 'STREAM_ERROR', message: String(error) };
    await stream.event('error', body);
    stream.end();
  }
}

async function writeEvents(
  { fault }: Exchange,
  { shape }: Task,
  deltas: AsyncIterable<ReplyDelta>,
  stream: EventStream,
): Promise<void> {
  let due = fault;
  let sent = 0;
  let unsent = false;
  let finishReason = 'stop';
  const breakNow = async (): Promise<boolean> => {
    if (!due || sent < deltasBefore(due)) return false;
    const after = await playReplyFault(due, stream, shape);
    due = undefined;
    unsent = after === 'unsent';
    return after === 'over';
  };
  if (await breakNow()) return;
  await stream.data(shape.first);
  for await (const delta of deltas) {
    if (delta.finishReason !== undefined) finishReason = delta.finishReason;
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
  const last = shape.last(finishReason);
  if (last) await stream.data(last);
  await stream.raw('data: [DONE]\n\n');
  stream.end();
}

async function sendWhole(exchange: Exchange, task: Task, deltas: AsyncIterable<ReplyDelta>): Promise<void> {
  const { fault, watch } = exchange;
  const all = await collect(deltas);
  if (watch.signal.aborted) return;
  const prompt = task.request.messages.map((message) => messageText(message.content)).join('\n');
  const reply = wholeReply(task.id, task.model, prompt, all);
  await sendWithFault(fault, exchange, reply);
}

/** The faults that make sense for a reply in one piece; with any other the reply comes as usual. */
async function sendWithFault(
  fault: ReplyFault | undefined,
  { response, watch }: Exchange,
  reply: object,
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
  } else {
    if (name === 'slow') await pause(fault?.pauseMs ?? 500, watch.signal);
    sendJson(response, 200, reply);
  }
}
