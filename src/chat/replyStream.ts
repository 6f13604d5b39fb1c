import type { RequestOptions } from '../api/connection.ts';
import type { RetryWait } from '../api/retry.ts';
import type { ChatCompletionChunk } from '../api/wire.ts';
import type { ReplyAssembly } from './replyAssembly.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { untilFirst } from './untilFirst.ts';

/**
 * Sends a request and puts its reply together: waits before it goes out again, the state `streaming`, then the events of
 * each chunk. What is known only at the end is left to the caller. Leaving the loop stops the request.
 */
export async function* streamReply(
  open: (options: RequestOptions) => AsyncIterable<ChatCompletionChunk>,
  reply: ReplyAssembly,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReplyEvent, void, void> {
  const stop = stopWith(signal);
  const news = untilFirst<ChatCompletionChunk, RetryWait>((tell) =>
    open({ onRetry: tell, signal: stop.signal }),
  );
  let hasBegun = false;
  try {
    for await (const item of news) {
      if ('tryNow' in item) {
        const { error, delay, tryNow } = item;
        yield { type: 'state', state: 'waiting', error, delay, tryNow };
        continue;
      }
      if (!hasBegun) yield { type: 'state', state: 'streaming' };
      hasBegun = true;
      yield* reply.add(item);
    }
  } finally {
    stop.now();
  }
}

/**
 * A signal that the person's stop aborts, and a reader who leaves: a request that waits to go out again hears of the
 * latter in no other way.
 */
export function stopWith(outer: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  readonly now: () => void;
} {
  const controller = new AbortController();
  const now = () => {
    outer?.removeEventListener('abort', now);
    controller.abort(outer?.reason);
  };
  outer?.addEventListener('abort', now);
  return { signal: controller.signal, now };
}
