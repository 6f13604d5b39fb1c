import { createParser, type EventSourceMessage, type ParseError } from 'eventsource-parser';
import type { ApiError } from './apiError.ts';
import { isJson } from './json.ts';
import { isErrorValue } from './providerError.ts';
import { bodyExcerptLength, type ReplyFailures } from './replyFailure.ts';
import { createUnfinishedLine, utf8Length } from './unfinishedLine.ts';

/**
 * Guards one JSON value of a reply; `name` is its event's, where it has one. `undefined`: nothing to do with it. It is
 * called as soon as the value is parsed, because a read full of unguarded values is what costs most in garbage.
 */
export type ReadValue<T> = (value: unknown, name: string | undefined) => T | undefined;

/** A line that is no field of an event stream. */
const strayLine = /(?:^|[\r\n])(?!(?:data|event|id|retry|error)(?:[:\r\n]|$)|[:\r\n]|$)/;
/** Those, and times to reconnect: the parser makes an error of each, and a body of them would cost a minute. They become comments. */
const uselessLines = /(^|[\r\n])(?!(?:data|event|id|error)(?:[:\r\n]|$)|[:\r\n]|$)[^\r\n]+/g;

/** Reads the text of a server-sent event stream, in pieces cut anywhere. */
export interface ServerSentEvents<T> {
  /** Returns whether anything but comments and blank lines was in it. */
  feed(text: string): boolean;
  /** The text has ended; an unfinished last event counts. */
  end(): void;
  /** What was read since the last call. */
  takeEvents(): T[];
  /** `[DONE]` or an error: nothing that follows counts. */
  readonly done: boolean;
  readonly error: ApiError | undefined;
}

/**
 * JSON values from server-sent events (wire contract B3, F, G).
 *
 * An event whose data does not look like JSON (`: OPENROUTER PROCESSING`, `ping`) is a comment in disguise and is
 * skipped. Objects that a server ran together into one event are taken apart. An event that looks like JSON but is
 * broken ends the stream with `malformedReply` (with `cut`, if it is the unfinished last one): to skip it could lose
 * words without anybody knowing.
 *
 * @param maxEventBytes an event with more data than this ends the stream with `tooLarge`
 */
export function createServerSentEvents<T>(
  read: ReadValue<T>,
  maxEventBytes: number,
  failures: ReplyFailures,
): ServerSentEvents<T> {
  const line = createUnfinishedLine(maxEventBytes);
  /** The first text, to be shown if it turns out to be no event stream. */
  let head = '';
  let events: T[] = [];
  let sawValue = false;
  let error: ApiError | undefined;
  let done = false;
  let ending = false;
  let sawEvent = false;
  let sawStrayLine = false;
  let disguisedComments = 0;

  // Only whole lines are fed to the parser: of a line in pieces it drops fields it does not know, and llama.cpp's
  // `error:` is one. It also never dispatches an unfinished last event by itself.
  const parser = createParser({ onEvent: readEvent, onError: readProblem, maxBufferSize: maxEventBytes });

  function fail(problem: ApiError): void {
    error ??= problem;
    done = true;
  }

  function readProblem(problem: ParseError): void {
    if (done) {
      return;
    }
    if (problem.type === 'max-buffer-size-exceeded') {
      fail(failures.tooLarge('event', maxEventBytes));
    } else if (problem.type === 'unknown-field' && problem.field === 'error') {
      fail(failures.provider(problem.value ?? ''));
    }
  }

  function readEvent({ data, event: name }: EventSourceMessage): void {
    if (done) {
      return;
    }
    sawEvent = true;
    // UTF-8 needs at most three bytes for a UTF-16 unit, so hardly any event needs counting.
    if (data.length * 3 > maxEventBytes && utf8Length(data) > maxEventBytes) {
      fail(failures.tooLarge('event', maxEventBytes));
      return;
    }
    const text = data.startsWith('{') ? data : data.trim();
    if (name === 'error') {
      fail(failures.provider(text));
    } else if (text === '[DONE]') {
      done = true;
    } else if (text.startsWith('{') || text.startsWith('[')) {
      readValue(text, name);
    } else {
      disguisedComments += 1;
    }
  }

  function readValue(text: string, name: string | undefined): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      const pieces = splitJoined(text);
      if (pieces === undefined) {
        fail(ending ? failures.cut() : failures.brokenEvent(text));
      }
      for (const data of pieces ?? []) {
        readEvent({ data, event: name, id: undefined });
      }
      return;
    }
    if (isErrorValue(value)) {
      fail(failures.provider(text));
      return;
    }
    sawValue = true;
    const event = read(value, name);
    if (event !== undefined) {
      events.push(event);
    }
  }

  return {
    get done() {
      return done;
    },
    get error() {
      return error;
    },
    feed(text) {
      if (!sawEvent && head.length < bodyExcerptLength) {
        // Twice what is shown, so that a secret is never cut in two before it is masked.
        head += text.slice(0, 2 * bodyExcerptLength);
      }
      const afterLineFeed = text.lastIndexOf('\n') + 1;
      const end = afterLineFeed + text.slice(afterLineFeed).lastIndexOf('\r') + 1;
      let lively = false;
      if (end > 0) {
        const lines = line.take() + text.slice(0, end);
        disguisedComments = 0;
        sawValue = false;
        sawStrayLine ||= strayLine.test(lines);
        parser.feed(lines.replaceAll(uselessLines, '$1:'));
        lively = sawValue || (disguisedComments === 0 && /^[^:\r\n]/m.test(lines));
      }
      if (end < text.length && line.add(text.slice(end)) && !done) {
        fail(failures.tooLarge('event', maxEventBytes));
      }
      return lively || line.isField;
    },
    end() {
      if (done) {
        return;
      }
      ending = true;
      parser.feed(`${line.take()}\n\n`);
      if (!sawEvent && sawStrayLine && !done) {
        fail(failures.malformed(head, 'The reply is neither an event stream nor JSON.'));
      }
      done = true;
    },
    takeEvents() {
      const taken = events;
      events = [];
      return taken;
    },
  };
}

/**
 * The objects of an event in which a server put several, one behind the other or as lines of one event (wire contract F);
 * `undefined` unless each of them is whole.
 */
function splitJoined(text: string): string[] | undefined {
  const pieces = text.split(/(?<=\})\s*(?:data:\s*)?(?=\{|\[DONE\])/);
  return pieces.length > 1 && pieces.every((piece) => piece === '[DONE]' || isJson(piece))
    ? pieces
    : undefined;
}
