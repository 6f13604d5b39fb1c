import type { ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { ExchangeWatch } from './requestLog.ts';
import type { DialectKind } from './dialect.ts';
import { anything, arrayOf, flag, integer, number, object, oneOf, text } from './checks.ts';
import { dialects } from './dialects.ts';
import { HttpError } from './httpError.ts';
import { pause } from './pause.ts';

/**
 * One recorded exchange. A recording is a JSON file:
 *
 *     {"kind": "openai",                                       optional: paths count from its base URL
 *      "exchanges": [{
 *       "method": "POST",
 *       "path": "/v1/llms/chatrooms/ch_01/chat/completions",   a query is ignored
 *       "status": 200,
 *       "headers": {"content-type": "text/event-stream"},      of the response
 *       "chunks": [{"afterMs": 120, "base64": "ZGF0YTog…"}],   the body, as it came
 *       "cut": true                                            optional: the connection died after the last chunk
 *     }]}
 *
 * `afterMs` counts from the previous chunk (from the headers for the first one). `base64` holds the body's bytes
 * with transfer and content encodings undone.
 */
export interface RecordedExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly { readonly afterMs: number; readonly base64: string }[];
  readonly cut?: boolean;
}

/** What a recording file holds. */
export interface Recording {
  /** Without it, paths count from the server's own URL. */
  readonly kind?: DialectKind;
  readonly exchanges: readonly RecordedExchange[];
}

/** Headers that describe the encoding on the recorded connection, not on ours. */
const hopHeaders = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
]);

const recordingShape = object(
  {
    exchanges: arrayOf(
      object(
        {
          method: text(),
          path: text(),
          status: integer({ min: 200, max: 599 }),
          headers: anything,
          chunks: arrayOf(object({ afterMs: number({ min: 0 }), base64: text() })),
        },
        { cut: flag },
      ),
    ),
  },
  { kind: oneOf(...Object.keys(dialects)) },
);

function checkRecording(value: unknown): asserts value is Recording {
  recordingShape(value, '');
}

/** Reads a recording. Throws if the file is none. */
export async function readRecording(file: string): Promise<Recording> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  try {
    checkRecording(value);
    return value;
  } catch (error) {
    const reason = error instanceof HttpError ? String(error.body['message']) : String(error);
    throw new Error(`${file} is no recording: ${reason}`, { cause: error });
  }
}

/** Hands out recorded exchanges, each once, in the order of the file. */
export class Replay {
  readonly #left: RecordedExchange[];

  constructor({ kind, exchanges }: Recording) {
    const base = kind === undefined ? '' : dialects[kind].base;
    this.#left = exchanges.map((exchange) => ({ ...exchange, path: base + exchange.path }));
  }

  /** The next exchange for this method and path; the id of a chatroom in the path does not matter. */
  take(method: string, path: string): RecordedExchange | undefined {
    const index = this.#left.findIndex(
      (exchange) => exchange.method === method && anyRoom(exchange.path) === anyRoom(path),
    );
    return index < 0 ? undefined : this.#left.splice(index, 1)[0];
  }
}

function anyRoom(path: string): string {
  return path.replace(/\?.*$/, '').replace(/\/chatrooms\/[^/]+/, '/chatrooms/*');
}

/** Plays an exchange with its pauses. */
export async function play(
  exchange: RecordedExchange,
  response: ServerResponse,
  watch: ExchangeWatch,
): Promise<void> {
  const headers = Object.entries(exchange.headers).filter(([name]) => !hopHeaders.has(name.toLowerCase()));
  response.writeHead(exchange.status, Object.fromEntries(headers));
  response.flushHeaders();
  for (const chunk of exchange.chunks) {
    await pause(chunk.afterMs, watch.signal);
    if (watch.signal.aborted) return;
    await new Promise<void>((resolve) => {
      response.write(Buffer.from(chunk.base64, 'base64'), () => resolve());
    });
  }
  if (exchange.cut === true) {
    watch.cutByServer = true;
    response.destroy();
  } else {
    response.end();
  }
}
