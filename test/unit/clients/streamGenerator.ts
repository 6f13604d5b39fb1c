import { generateReply, type PlannedEvent, type Quirk, quirks, type Truth } from './generatedReply.ts';
import { createRandom, type Random } from './random.ts';

/** A stream, and what a client has to make of it. */
export interface GeneratedStream {
  readonly seed: number;
  /** The trait that the `openai` client does not understand; most streams have none. */
  readonly quirk: Quirk | undefined;
  readonly truth: Truth;
  readonly contentType: string | undefined;
  /** The body, cut where the writes end. */
  readonly writes: readonly Uint8Array[];
}

const lateEvent: PlannedEvent = { data: { choices: [{ index: 0, delta: { content: 'too late' } }] } };

/** How the events of one stream are written. */
interface Framing {
  readonly ends: readonly [string, ...string[]];
  readonly blank: string;
  /** How likely a comment, a field without use or a second blank line is at each place. */
  readonly noise: number;
}

/**
 * An event stream with odd framing, from a seed: line ends, byte order mark, comments, fields without use, data over
 * several lines, ends of all kinds. It knows nothing of the decoder: what is right follows from how it was made.
 */
export function generateStream(seed: number): GeneratedStream {
  const random = createRandom(seed);
  const quirk = random.chance(0.5) ? random.pick(quirks) : undefined;
  const { truth, events } = generateReply(random, quirk);
  const body = quirk === 'wholeJson' ? wholeReply(truth) : frameAll(random, quirk, truth, events);
  return {
    seed,
    quirk,
    truth,
    contentType: random.pick([
      'text/event-stream',
      'text/event-stream; charset=utf-8',
      'application/json',
      'text/readystream',
      undefined,
    ]),
    writes: cut(random, new TextEncoder().encode(body)),
  };
}

/** A server that knows no streams answers as if none had been asked for; some send `[DONE]` all the same. */
function wholeReply({ choices, usage }: Truth): string {
  const reply = {
    object: 'chat.completion',
    choices: choices.map(({ index, text, refusal, calls, finish }) => ({
      index,
      message: {
        role: 'assistant',
        content: text,
        ...(refusal === '' ? {} : { refusal }),
        tool_calls: calls.map(({ id, ...called }) => ({ id, type: 'function', function: called })),
      },
      finish_reason: finish,
    })),
    ...(usage === undefined
      ? {}
      : {
          usage: {
            prompt_tokens: usage.prompt,
            completion_tokens: usage.completion,
            total_tokens: usage.total,
            prompt_tokens_details: { cached_tokens: usage.cached ?? null },
            completion_tokens_details: { reasoning_tokens: usage.reasoning ?? null },
          },
        }),
  };
  return `\n\n${JSON.stringify(reply, null, 2)}\n\ndata: [DONE]\n\n`;
}

function frameAll(random: Random, quirk: Quirk | undefined, truth: Truth, events: PlannedEvent[]): string {
  const framing: Framing = {
    ends: random.pick([['\n'], ['\n'], ['\r\n'], ['\r'], ['\n', '\r\n', '\r']]),
    blank: random.pick([' ', '']),
    noise: random.pick([0, 0, 0.1, 0.4]),
  };
  const mark = random.chance(0.15) ? '\uFEFF' : '';
  const body = mark + events.map((event) => frame(random, framing, event)).join('');
  // Without noise: its first brace is the JSON's.
  const late = frame(random, { ...framing, noise: 0 }, lateEvent);
  if (quirk === undefined && truth.error === undefined && random.chance(0.08)) {
    truth.error = 'cut';
    const start = late.indexOf('{') + 1;
    return body + late.slice(0, start + random.int(late.lastIndexOf('}') - start));
  }
  if (quirk !== 'paddedDone' && random.chance(0.25)) {
    return unterminated(random, body);
  }
  const data = quirk === 'paddedDone' ? random.pick(['[DONE] ', '  [DONE]']) : '[DONE]';
  const whole = body + frame(random, framing, { data });
  return random.chance(0.1) ? whole + late : unterminated(random, whole);
}

/** llama.cpp leaves out the last blank line; others even the end of the last line. */
function unterminated(random: Random, body: string): string {
  return random.chance(0.3) ? body.replace(/(\r\n|\r|\n)[\r\n]*$/, random.pick(['$1', ''])) : body;
}

/** One event, from its first line to its blank line. */
function frame(random: Random, { ends, blank, noise }: Framing, event: PlannedEvent): string {
  const lines: string[] = [];
  // A blank line must not begin with \n after a \r: all lines of an event end alike.
  const end = random.pick(ends);
  const addNoise = (): void => {
    if (random.chance(noise)) {
      lines.push(
        random.pick([': keep-alive', ':', ': data: {"error":1}', 'id: 7', 'id', 'retry: 3000', 'x-odd: 1']),
      );
    }
  };
  const add = (field: string, value: string): void => {
    lines.push(`${field}:${blank}${value}`);
    addNoise();
  };
  addNoise();
  if (event.name !== undefined) {
    add('event', event.name);
  }
  if (event.strangeField !== undefined) {
    const [field, value] = event.strangeField;
    add(field, JSON.stringify(value));
  }
  if (event.data !== undefined) {
    const text = typeof event.data === 'string' ? event.data : toJson(random, event.data);
    for (const line of text.split('\n')) {
      add('data', line);
    }
  }
  return lines.map((line) => line + end).join('') + end.repeat(random.chance(noise) ? 2 : 1);
}

/** JSON on one line or on many, with or without escapes for what is not ASCII. */
function toJson(random: Random, value: unknown): string {
  const json = JSON.stringify(value, null, random.chance(0.1) ? 1 : 0);
  return random.chance(0.3)
    ? json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
}

/** Cut anywhere, inside of characters too: nowhere, here and there, or after each byte. */
function cut(random: Random, bytes: Uint8Array): Uint8Array[] {
  const mode = random.pick(['whole', 'some', 'some', 'some', 'many', 'bytes'] as const);
  if (mode === 'bytes' && bytes.length < 1000) {
    return Array.from(bytes, (byte) => Uint8Array.of(byte));
  }
  const count = mode === 'whole' ? 0 : random.int(mode === 'many' ? 100 : 20);
  const cuts = Array.from({ length: count }, () => random.int(bytes.length + 1));
  const positions = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
  return positions
    .slice(1)
    .map((end, index) => bytes.subarray(positions[index], end))
    .filter(({ length }) => length > 0);
}
