import assert from 'node:assert/strict';
import type { ApiError } from '../../../src/api/apiError.ts';
import { readChunk } from '../../../src/api/chunk.ts';
import { createEventStreamDecoder } from '../../../src/api/eventStream.ts';
import { createReplyFailures, type Mask, type ReplyLimits } from '../../../src/api/replyFailure.ts';
import type { ChatCompletionChunk } from '../../../src/api/wire.ts';

/** A value and its event's name. */
interface StreamEvent {
  readonly name: string | undefined;
  readonly value: unknown;
}

/** All that a body decoded to. */
export interface DecodedBody {
  readonly events: StreamEvent[];
  readonly values: unknown[];
  readonly error: ApiError | undefined;
  /** The end was told before the body's end. */
  readonly ended: boolean;
}

interface Options {
  readonly limits?: ReplyLimits;
  readonly mask?: Mask;
}

/** Decodes a body that arrives in the given pieces. */
export function decode(pieces: Iterable<string | Uint8Array>, options: Options = {}): DecodedBody {
  const decoder = createEventStreamDecoder(
    (value, name): StreamEvent => ({ name, value }),
    createReplyFailures(options.mask),
    options.limits,
  );
  const encoder = new TextEncoder();
  const events: StreamEvent[] = [];
  for (const piece of pieces) {
    const decoded = decoder.decode(typeof piece === 'string' ? encoder.encode(piece) : piece);
    events.push(...decoded.events);
    if (decoded.done) {
      return { events, values: events.map(({ value }) => value), error: decoded.error, ended: true };
    }
  }
  const last = decoder.end();
  events.push(...last.events);
  return { events, values: events.map(({ value }) => value), error: last.error, ended: false };
}

/** The bytes in two pieces. */
export function cutAt(bytes: Uint8Array, position: number): Uint8Array[] {
  return [bytes.subarray(0, position), bytes.subarray(position)];
}

/** Decodes `body` cut at every byte and asserts that the result is always the same. */
export function decodeEverywhere(body: string): DecodedBody {
  const bytes = new TextEncoder().encode(body);
  const whole = decode([bytes]);
  for (let position = 0; position <= bytes.length; position += 1) {
    const { values, error } = decode(cutAt(bytes, position));
    const told = [values, error?.kind, error?.details.code, error?.details.providerMessage];
    const { kind, details } = whole.error ?? {};
    assert.deepEqual(
      told,
      [whole.values, kind, details?.code, details?.providerMessage],
      `cut at ${position}`,
    );
  }
  return whole;
}

/** The error that `body` ends with, wherever it is cut. */
export function failure(body: string): ApiError {
  const { error } = decodeEverywhere(body);
  assert.ok(error);
  return error;
}

/** What a person would see of a decoded body. */
export function summarise({ values, error }: DecodedBody): unknown {
  const chunks = values.flatMap((value) => readChunk(value) ?? []);
  const choices = chunks.flatMap((chunk) => chunk.choices);
  return {
    text: choices.map(({ delta }) => delta.content ?? '').join(''),
    reasoning: choices.map(({ delta }) => delta.reasoning_content ?? '').join(''),
    arguments: choices
      .flatMap(({ delta }) => delta.tool_calls ?? [])
      .map((call) => call.function?.arguments ?? '')
      .join(''),
    finishReason: lastOf(choices.map((choice) => choice.finish_reason)),
    totalTokens: lastOf(chunks.map((chunk: ChatCompletionChunk) => chunk.usage?.total_tokens)),
    error: error?.kind,
  };
}

function lastOf<T>(items: (T | null | undefined)[]): T | undefined {
  return items.findLast((item) => item !== null && item !== undefined) ?? undefined;
}
