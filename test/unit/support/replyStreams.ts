import * as fc from 'fast-check';

/** An event stream and what it says. */
export interface ReplyStream {
  readonly text: string;
  readonly reasoning: string;
  /** The body, cut where the writes end: anywhere, inside of characters too. */
  readonly writes: readonly Uint8Array[];
}

interface Event {
  /** Lines of fields, without their ends. */
  readonly lines: readonly string[];
  readonly text?: string;
  readonly reasoning?: string;
}

function chunk(fields: object): Event {
  return { lines: [`data: ${JSON.stringify({ id: 'msg_01', model: 'acme:model', ...fields })}`] };
}

function delta(fields: object, finish: string | null = null): Event {
  return chunk({ choices: [{ index: 0, delta: fields, finish_reason: finish }] });
}

const thoughts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });

/** What may stand between the pieces of a text, and says nothing of it. */
const between = fc.oneof(
  fc
    .constantFrom<readonly string[]>([': keep-alive'], [':'], ['id: 7'], ['retry: 3000', 'x-odd: 1'], ['id'])
    .map((lines): Event => ({ lines })),
  fc.constantFrom(
    delta({ role: 'assistant' }),
    delta({ content: '' }),
    delta({ content: null, refusal: null, tool_calls: null }),
    chunk({ choices: [] }),
    chunk({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }),
    chunk({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] }),
    { lines: ['event: ping', 'data: {"type":"ping"}'] },
  ),
  thoughts.map((reasoning): Event => ({ ...delta({ reasoning_content: reasoning }), reasoning })),
);

const texts = fc
  .array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\r\n', 'data: [DONE]\n\n', ': x\n\n', '\0')),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text.trim() !== '');

/** `items` in pieces that end at the given places, wherever these lie. */
function cutAt<T extends string | Uint8Array>(
  items: T,
  places: readonly number[],
  slice: (from: number, to: number) => T,
): T[] {
  const positions = [
    0,
    ...places.map((place) => place % (items.length + 1)).toSorted((a, b) => a - b),
    items.length,
  ];
  return positions.slice(1).map((end, index) => slice(positions[index] ?? 0, end));
}

const places = (most: number): fc.Arbitrary<number[]> => fc.array(fc.nat(), { maxLength: most });

/** Streams of any text in any pieces, with all that servers put between these, in any framing and cut anywhere. */
export const replyStreams: fc.Arbitrary<ReplyStream> = fc
  .record({
    text: texts,
    cuts: places(8),
    asParts: fc.boolean(),
    gaps: fc.array(fc.array(between, { maxLength: 3 }), { minLength: 10, maxLength: 10 }),
    finish: fc.constantFrom('stop', undefined),
    isDone: fc.boolean(),
    isLate: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.constantFrom('', '\uFEFF'),
    isAscii: fc.boolean(),
    writes: fc.oneof(
      { weight: 9, arbitrary: places(20) },
      { weight: 1, arbitrary: fc.constant('each byte' as const) },
    ),
  })
  .map((made) => {
    const { text, end } = made;
    const pieces = cutAt(text, made.cuts, (from, to) => text.slice(from, to));
    const events = pieces.flatMap((piece, index): Event[] => {
      const content = made.asParts ? [{ type: 'text', text: piece }] : piece;
      return [...(made.gaps[index] ?? []), { ...delta({ content }), text: piece }];
    });
    events.push(...(made.gaps.at(-1) ?? []));
    if (made.finish !== undefined) events.push(delta({}, made.finish));
    if (made.isDone) events.push({ lines: ['data: [DONE]'] });
    const late = made.isDone && made.isLate ? [delta({ content: 'too late' })] : [];
    const framed = [...events, ...late].map(({ lines }) => lines.map((line) => line + end).join('') + end);
    const body = made.mark + framed.join('');
    const bytes = new TextEncoder().encode(made.isAscii ? escaped(body) : body);
    return {
      text,
      reasoning: events.map(({ reasoning = '' }) => reasoning).join(''),
      writes:
        made.writes === 'each byte'
          ? Array.from(bytes, (byte) => Uint8Array.of(byte))
          : cutAt(bytes, made.writes, (from, to) => bytes.subarray(from, to)).filter(
              ({ length }) => length > 0,
            ),
    };
  });

/** JSON without any letter beyond ASCII, but for the mark at its beginning. */
function escaped(body: string): string {
  return body.replaceAll(
    /(?!^)[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
