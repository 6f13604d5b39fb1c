import type { ChunkShape } from './chunks.ts';
import type { EventStream } from './eventStream.ts';
import type { ReplyFault } from './faults.ts';
import { aborted, pause } from './pause.ts';

/** What becomes of the answer after a fault: it goes on, it is over, or it goes on without being sent. */
export type AfterFault = 'on' | 'over' | 'unsent';

/** An error told within an answer; the payload's shape is not in the contract (B3). */
export const streamError = { code: 'PROVIDER_ERROR', message: 'the provider broke off the answer' };

const megabyte = 1024 * 1024;

/** Text that the nested arrays of `bomb` replace. */
const bombMark = '<bomb>';

/** The JSON of a chunk or whole reply made by `shape`, where some text has become nested arrays. */
export function bombJson(shape: (text: string) => object): string {
  const depth = 200_000;
  return JSON.stringify(shape(bombMark)).replace(
    JSON.stringify(bombMark),
    () => '['.repeat(depth) + ']'.repeat(depth),
  );
}

/** The JSON of a chunk or whole reply made by `shape`, in pieces; its text has no line break and no end. */
export function* endlessJson(shape: (text: string) => object): Generator<string, never> {
  const json = JSON.stringify(shape(bombMark));
  yield json.slice(0, json.indexOf(bombMark));
  for (;;) yield 'x'.repeat(65_536);
}

/** Deltas that are sent before the fault. */
export function deltasBefore(fault: ReplyFault): number {
  return fault.name === 'empty' || fault.name === 'done-only' ? 0 : (fault.afterDeltas ?? 3);
}

/** Plays the part of a `reply` fault that comes in mid-stream. */
export async function playReplyFault(
  fault: ReplyFault,
  stream: EventStream,
  shape: ChunkShape,
): Promise<AfterFault> {
  const error = fault.body ?? streamError;
  switch (fault.name) {
    case 'stall':
      stream.quiet();
      await aborted(stream.signal);
      return 'over';
    case 'comments':
      stream.quiet();
      while (!stream.signal.aborted) {
        await stream.raw(': keep-alive\n\n');
        await pause(fault.pauseMs ?? 20, stream.signal);
      }
      return 'over';
    case 'cut':
      await stream.cut();
      return 'over';
    case 'lost-rest':
      await stream.cut();
      return 'unsent';
    case 'empty':
    case 'eof':
      stream.end();
      return 'over';
    case 'error-event':
      await stream.event('error', error);
      stream.end();
      return 'over';
    case 'error-data':
      await stream.data({ error });
      stream.end();
      return 'over';
    case 'done-only':
      await stream.finish();
      return 'over';
    case 'length':
      for (const last of shape.last([{ finishReason: 'length' }])) await stream.data(last);
      await stream.finish();
      return 'over';
    case 'broken-json':
      await stream.raw('data: {"id":"chatcmpl-1","choices":[{"delta":{"content":\n\n');
      return 'on';
    case 'big-event':
      await stream.data(shape.delta({ content: 'x'.repeat(fault.bytes ?? 5 * megabyte) }));
      return 'on';
    case 'big-answer': {
      const event = shape.delta({ content: 'lorem ipsum dolor\n'.repeat(3641) });
      const events = Math.ceil((fault.bytes ?? 20 * megabyte) / 65_536);
      for (let i = 0; i < events && !stream.signal.aborted; i += 1) await stream.data(event);
      return 'on';
    }
    case 'bomb':
      await stream.raw(`data: ${bombJson((content) => shape.delta({ content }))}\n\n`);
      return 'on';
    case 'endless':
      stream.quiet();
      await stream.raw('data: ');
      for (const piece of endlessJson((content) => shape.delta({ content }))) {
        if (stream.signal.aborted) return 'over';
        await stream.raw(piece);
      }
      return 'over';
    case 'slow':
    case 'whole':
    case 'lost-reply':
      break;
  }
  return 'on';
}
