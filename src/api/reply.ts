import type { Connection, RequestOptions } from './connection.ts';
import { createEventStreamDecoder } from './eventStream.ts';
import { jsonText } from './json.ts';
import { type Call, type Reply, send, sendAgain } from './request.ts';
import type { ReadValue } from './serverSentEvents.ts';

/**
 * The values of a reply that `read` knows, in one batch for each read of the socket: two async iterations for each event
 * would cost more than decoding it. Leaving the loop closes the socket.
 * @throws {ApiError} `provider`, `malformedReply`, `tooLarge`, `cut`, `timeout`, after the events before it.
 */
export async function* readBatches<T>(
  { body, failures }: Reply,
  read: ReadValue<T>,
): AsyncGenerator<T[], void, undefined> {
  const decoder = createEventStreamDecoder(read, failures);
  let complete = false;
  try {
    while (!complete) {
      const bytes = await body.read();
      const { events, lively, done, error } = bytes === undefined ? decoder.end() : decoder.decode(bytes);
      if (lively) {
        body.alive();
      }
      if (events.length > 0) {
        yield events;
      }
      if (error !== undefined) {
        throw error;
      }
      complete = done;
    }
  } finally {
    if (complete) {
      body.finish();
    } else {
      body.close();
    }
  }
}

/**
 * Sends a request whose reply is one JSON value, which `read` guards.
 * @throws {ApiError} as `send` and {@link readBatches} do; `malformedReply` if `read` finds nothing.
 */
export function requestJson<T>(
  connection: Connection,
  call: Call,
  read: (value: unknown) => T | undefined,
  options: RequestOptions = {},
): Promise<T> {
  return sendAgain(connection, call, options, () => requestOnce(connection, call, read, options));
}

async function requestOnce<T>(
  connection: Connection,
  call: Call,
  read: (value: unknown) => T | undefined,
  options: RequestOptions,
): Promise<T> {
  const reply = await send(connection, call, options);
  let value: unknown;
  for await (const values of readBatches(reply, (candidate) => candidate)) {
    value ??= values[0];
  }
  const result = read(value);
  if (result === undefined) {
    throw reply.failures.malformed(jsonText(value), 'The server answered with something unknown.');
  }
  return result;
}
