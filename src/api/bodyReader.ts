import { ApiError, type ApiErrorDetails } from './apiError.ts';
import { type Exchange, startTimer } from './exchange.ts';
import { cutError } from './networkError.ts';

/** Pulls a response's body under the limit of silence. */
export interface BodyReader {
  /**
   * The next bytes; `undefined` at the end.
   * @throws {ApiError} `cut`, `timeout`; or what stopped the exchange.
   */
  read(): Promise<Uint8Array | undefined>;
  /** Throws what stopped the exchange, also between two reads. */
  throwIfStopped(): void;
  /** What was read belonged to a real event: the silence begins anew. */
  alive(): void;
  /** Closes the socket. */
  close(): void;
  /** The reply is complete: reads on in the background for a moment, so that the server can end it in order. */
  finish(): void;
}

/** Comments prove that the connection is alive, not that the model is: they last so many silences in a row. */
const commentOnlySilences = 5;

/** How long a complete reply may take to end, in ms. A server cut off at once could lose what it stores last. */
const lingerTime = 1000;

/** Reads `response`'s body within `exchange`. `silence` in ms, 0 is no limit; only time spent waiting counts. */
export function openBody(
  response: Response,
  exchange: Exchange,
  silence: number,
  details: ApiErrorDetails,
): BodyReader {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  let commentsOnly = 0;
  // A reader whose `fetch` knows no signals is ended by this alone; pending reads then settle at once.
  exchange.onStop((reason) => void reader?.cancel(reason).catch(() => undefined));

  function giveUp(limitValue: number): void {
    exchange.stop(
      new ApiError('timeout', `The server sent nothing of the reply for ${limitValue} ms.`, {
        ...details,
        limit: 'silence',
        limitValue,
        mayHaveBeenAccepted: true,
      }),
    );
  }

  return {
    async read() {
      exchange.throwIfStopped();
      const start = performance.now();
      const rest = commentOnlySilences * silence - commentsOnly;
      const cancelTimer = startTimer(silence > 0 ? Math.max(1, Math.min(silence, rest)) : 0, () => {
        giveUp(rest < silence ? commentOnlySilences * silence : silence);
      });
      let bytes: Uint8Array | undefined;
      try {
        bytes = (await reader?.read())?.value;
      } catch (error) {
        exchange.throwIfStopped();
        throw cutError(error, details);
      } finally {
        cancelTimer();
      }
      exchange.throwIfStopped();
      commentsOnly += performance.now() - start;
      return bytes;
    },
    throwIfStopped: () => exchange.throwIfStopped(),
    alive() {
      commentsOnly = 0;
    },
    close() {
      exchange.stop(new DOMException('The reply is no longer wanted.', 'AbortError'));
    },
    finish() {
      exchange.release();
      const cancelTimer = startTimer(lingerTime, () => exchange.stop(undefined));
      void drain(reader).finally(cancelTimer);
    },
  };
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  try {
    let ended = reader === undefined;
    while (!ended) {
      // What comes after the end of a reply is nobody's.
      ended = (await reader?.read())?.done ?? true;
    }
  } catch {
    // The reply was complete; how the connection ends does not matter (wire contract D2).
  }
}
