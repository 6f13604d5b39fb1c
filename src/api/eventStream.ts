import type { ApiError } from './apiError.ts';
import { isErrorValue } from './providerError.ts';
import {
  bodyExcerptLength,
  createReplyFailures,
  type ReplyFailures,
  type ReplyLimits,
} from './replyFailure.ts';
import { createServerSentEvents, type ReadValue } from './serverSentEvents.ts';

/** What some bytes of a body amount to. `events` came before `error`. */
interface Decoded<T> {
  readonly events: T[];
  /** Some byte was part of a real event: neither comment nor blank line. */
  readonly lively: boolean;
  /** Nothing more will come: `[DONE]`, the body's end, or an error. */
  readonly done: boolean;
  readonly error: ApiError | undefined;
}

/** Turns the bytes of one reply into guarded JSON values. Keeps no more than one event (or one whole JSON reply) in memory. */
export interface EventStreamDecoder<T> {
  decode(bytes: Uint8Array): Decoded<T>;
  /** The body has ended. */
  end(): Decoded<T>;
}

const megabyte = 1024 * 1024;
const defaultLimits: ReplyLimits = { event: 4 * megabyte, answer: 16 * megabyte };

/**
 * The one decoder for all dialects (wire contract G1–G4). What the body is, is told by its first visible character
 * and never by its content type: `{` or `[` is a whole JSON reply (one event), `<` a web page, anything else an event
 * stream. Errors are returned, not thrown, so that what came before them is not lost.
 *
 * @param read guards a value; what it does not know is left out
 * @param limits in bytes; default: 4 MB an event, 16 MB an answer
 */
export function createEventStreamDecoder<T>(
  read: ReadValue<T>,
  failures: ReplyFailures = createReplyFailures(),
  limits: ReplyLimits = defaultLimits,
): EventStreamDecoder<T> {
  const stream = createServerSentEvents(read, limits.event, failures);
  const utf8 = new TextDecoder();
  let form: 'unknown' | 'events' | 'json' | 'page' = 'unknown';
  let answerBytes = 0;
  /** The body so far, if it is no event stream. */
  let body: string[] = [];
  let ended: { error: ApiError | undefined } | undefined;

  function stop(error: ApiError | undefined): void {
    ended ??= { error };
    body = [];
  }

  function take(events: T[], lively: boolean): Decoded<T> {
    return { events, lively, done: ended !== undefined, error: ended?.error };
  }

  /** Returns whether the text was more than comments and blank lines. */
  function readText(text: string): boolean {
    let visible = text;
    if (form === 'unknown') {
      visible = text.trimStart();
      form = formOf(visible);
    }
    if (form === 'unknown') {
      return false;
    }
    if (form === 'events') {
      const lively = stream.feed(visible);
      if (stream.done) {
        stop(stream.error);
      }
      return lively;
    }
    body.push(visible);
    if (form === 'page' && answerBytes > 8 * bodyExcerptLength) {
      stop(failures.malformed(body.join(''), 'The server answered with a web page.'));
    }
    return true;
  }

  function readWholeReply(text: string): T[] {
    let value: unknown;
    try {
      value = JSON.parse(withoutDone(text));
    } catch {
      stop(failures.malformed(text, 'The reply is not valid JSON.'));
      return [];
    }
    if (isErrorValue(value)) {
      stop(failures.provider(text));
      return [];
    }
    const event = read(value, undefined);
    return event === undefined ? [] : [event];
  }

  return {
    decode(bytes) {
      if (ended !== undefined) {
        return take([], false);
      }
      const rest = limits.answer - answerBytes;
      answerBytes += bytes.length;
      const allowed = bytes.length > rest ? bytes.subarray(0, rest) : bytes;
      const lively = readText(utf8.decode(allowed, { stream: true }));
      if (bytes.length > rest) {
        stop(failures.tooLarge('answer', limits.answer));
      }
      return take(stream.takeEvents(), lively);
    },
    end() {
      if (ended !== undefined) {
        return take([], false);
      }
      readText(utf8.decode());
      const text = body.join('');
      let events: T[] = [];
      if (form === 'events') {
        stream.end();
        events = stream.takeEvents();
        stop(stream.error);
      } else if (form === 'json') {
        events = readWholeReply(text);
      } else if (form === 'page') {
        stop(failures.malformed(text, 'The server answered with a web page.'));
      }
      stop(undefined);
      return take(events, false);
    },
  };
}

/** Some gateways close a JSON reply as if it had been a stream. */
function withoutDone(body: string): string {
  const text = body.trimEnd();
  if (!text.endsWith('[DONE]')) {
    return text;
  }
  const json = text.slice(0, -'[DONE]'.length).trimEnd();
  return json.endsWith('data:') ? json.slice(0, -'data:'.length) : text;
}

function formOf(visible: string): 'unknown' | 'events' | 'json' | 'page' {
  switch (visible[0]) {
    case undefined:
      return 'unknown';
    case '{':
    case '[':
      return 'json';
    case '<':
      return 'page';
    default:
      return 'events';
  }
}
