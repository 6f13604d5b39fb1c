import type { Random } from '../unit/clients/random.ts';

/** What parsers trip over: ends of lines and events, brackets, escapes, odd characters, huge numbers. */
const tokens = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  'data: ',
  'data:[DONE]\n\n',
  'event: error\n',
  ': x\n',
  '\uFEFF',
  '\0',
  '\u2028',
  '\u202E',
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\u',
  '\\ud800',
  ',',
  ':',
  'null',
  'true',
  '-0',
  '1e999',
  '9007199254740993',
  '"__proto__":',
  '---\n',
  '...\n',
  '&a ',
  '*a',
  '!!js/function ',
  '<<: *a\n',
  '? ',
  '- ',
  '|\n',
  '>\n',
  '```',
  '~~~',
  '`',
  '<think>',
  '</think>',
  '<script>',
  '![](',
  '](',
  '[',
  '${',
  '${input:',
  '}',
  '$',
  '|',
  '#',
  '> ',
  '    ',
  '\t',
  'AKIA',
  '-----BEGIN ',
  '=',
  '%00',
  '..',
  '/',
] as const;

/** A text with some of it cut out, repeated, moved, exchanged for odd pieces or for pieces of another seed. */
export function mutateText(random: Random, seeds: readonly [string, ...string[]]): string {
  let text = random.pick(seeds);
  const steps = random.int(8);
  for (let step = 0; step < steps; step += 1) {
    const [from, to] = range(random, text.length);
    const [start, part, end] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    const other = random.pick(seeds);
    const [first, last] = range(random, other.length);
    const changed = random.pick([
      () => '',
      () => part + random.pick(tokens) + part,
      () => random.pick(tokens),
      () => part.repeat(2 + random.int(6)),
      () => random.pick(tokens).repeat(1 + random.int(2000)),
      () => other.slice(first, last),
      () => part.split('').toReversed().join(''),
      () => String.fromCharCode(random.int(0x10000)),
    ])();
    // What doubles eight times must stay what a server sends in one answer.
    text = (start + changed + end).slice(0, 200_000);
  }
  return text;
}

/** The bytes of a text, some of them changed: not all is UTF-8 then. */
export function mutateBytes(random: Random, seeds: readonly [string, ...string[]]): Uint8Array {
  const bytes = new TextEncoder().encode(mutateText(random, seeds));
  for (let count = random.int(4); count > 0 && bytes.length > 0; count -= 1) {
    bytes[random.int(bytes.length)] = random.int(256);
  }
  return bytes;
}

/** Bytes in pieces that end anywhere. */
export function inPieces(random: Random, bytes: Uint8Array): Uint8Array[] {
  const ends = Array.from({ length: random.int(20) }, () => random.int(bytes.length + 1));
  const places = [0, ...ends.toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

/** A JSON value of which parts are exchanged, doubled, taken away, renamed or nested deeply. */
export function mutateJson(random: Random, seeds: readonly [unknown, ...unknown[]]): unknown {
  let value: unknown = structuredClone(random.pick(seeds));
  for (let step = random.int(6); step >= 0; step -= 1) {
    const changed = changeSome(random, value, seeds);
    // Lists in lists grow past all that a server may send.
    if (JSON.stringify(changed)?.length < 500_000) value = changed;
  }
  return value;
}

function changeSome(random: Random, value: unknown, seeds: readonly [unknown, ...unknown[]]): unknown {
  if (random.chance(0.25) || typeof value !== 'object' || value === null)
    return oddValue(random, value, seeds);
  if (Array.isArray(value)) {
    const at = random.int(value.length + 1);
    const changed = changeSome(random, value[at], seeds);
    return random.chance(0.1)
      ? Array.from({ length: random.int(30) }, () => changed)
      : value.toSpliced(at, 1, changed);
  }
  const entries = Object.entries(value);
  const at = random.int(entries.length + 1);
  const [name, inner]: readonly [string, unknown] = entries[at] ?? ['', null];
  const odd = random.pick([
    name,
    name,
    name,
    'type',
    '__proto__',
    'constructor',
    '',
    'x'.repeat(random.int(300)),
  ] as const);
  const renamed: [string, unknown][] = random.chance(0.15) ? [] : [[odd, changeSome(random, inner, seeds)]];
  const changed = entries.toSpliced(at, 1, ...renamed);
  // As JSON.parse does it: a name is never a setter.
  return JSON.parse(
    `{${changed.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item ?? null)}`).join(',')}}`,
  );
}

function oddValue(random: Random, value: unknown, seeds: readonly [unknown, ...unknown[]]): unknown {
  return random.pick([
    () => null,
    () => random.chance(0.5),
    () => random.pick([0, -1, 0.5, 2 ** 53, -(2 ** 31), 1e308, 500] as const),
    () => (typeof value === 'string' ? mutateText(random, [value, 'seed']) : random.pick(tokens)),
    () => 'x'.repeat(random.int(20_000)),
    () => [],
    () => ({}),
    () => [value],
    () => ({ [random.pick(['type', 'text', 'content', 'error', 'data'] as const)]: value }),
    () => nested(value, random.int(200)),
    () => structuredClone(random.pick(seeds)),
  ])();
}

function nested(value: unknown, depth: number): unknown {
  return depth === 0 ? value : nested(depth % 2 === 0 ? [value] : { content: value }, depth - 1);
}

function range(random: Random, length: number): [number, number] {
  const [a, b] = [random.int(length + 1), random.int(length + 1)];
  return a < b ? [a, b] : [b, a];
}
