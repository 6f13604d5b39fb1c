import { type JsonObject, isObject, numberOf, textOf } from '../../src/api/json.ts';
import type { StreamFacts } from './streamFacts.ts';
import { fieldObservations, listed, type Observation } from './observation.ts';
import { contentText, objectIn, objectsIn, type RawStream } from './rawStream.ts';
import type { Exchange } from './recorder.ts';
import type { ReplyContent } from './replyReading.ts';
import { compareShape, joinComparisons } from './shape.ts';
import { fragmentsOf, joinFragments } from './toolFragments.ts';

const finishReasons = ['stop', 'length', 'tool_calls', 'function_call', 'content_filter'];

/** What a stream says, by its raw chunks alone. */
export function contentOfStream({ chunks }: RawStream): ReplyContent {
  const choices = firstChoices(chunks);
  return {
    text: choices.map((choice) => contentText(objectIn(choice, 'delta')['content'])).join(''),
    finishReason: choices.map((choice) => textOf(choice['finish_reason'])).findLast(Boolean) ?? null,
    totalTokens: numberOf(usages(chunks).at(-1)?.['total_tokens']),
    calls: joinFragments(fragmentsOf(chunks)).map(({ name, text }) => `${name}(${text})`),
  };
}

/** Checks of the chunks of a stream. */
export function chunkObservations({ chunks }: RawStream, facts: StreamFacts): Observation[] {
  const { row, isLoose } = facts;
  const choices = chunks.flatMap((chunk) => objectsIn(chunk, 'choices'));
  const deltas = choices.map((choice) => choice['delta']).filter(isObject);
  // The chunk that ends an answer may be without any field of a message.
  const filled = deltas.filter((delta) => Object.keys(delta).length > 0);
  const comparison = joinComparisons([
    compareShape(chunks, facts.chunk, 'chunk'),
    compareShape(choices, facts.choice, 'choice'),
    compareShape(filled, facts.delta, 'delta'),
  ]);
  const objects = new Set(chunks.map(({ object }) => String(object)));
  const ids = new Set(chunks.flatMap(({ id }) => textOf(id) ?? []));
  return [
    ...fieldObservations(row, 'the chunks', comparison, isLoose),
    {
      row,
      name: 'object of the chunks',
      expected: 'chat.completion.chunk',
      seen: listed([...objects]),
      holds: [...objects].every(
        (object) => object === 'chat.completion.chunk' || (isLoose && ['', 'undefined'].includes(object)),
      ),
    },
    {
      row,
      name: 'id of the chunks',
      expected: 'the same in all',
      seen: `${ids.size} in ${chunks.length} chunks`,
      holds: ids.size === 1 ? true : isLoose && ids.size === 0,
    },
    roleObservation(deltas, facts),
    ...(facts.emptyFirst ? [emptyFirstObservation(deltas, row)] : []),
    finishObservation(choices, facts),
    usageObservation(chunks, facts),
  ];
}

function roleObservation(deltas: readonly JsonObject[], { row, role }: StreamFacts): Observation {
  const roles = deltas.map((delta) => delta['role'] ?? undefined);
  const withContent = deltas.filter((delta) => delta['content'] !== undefined);
  const holds = {
    first: roles[0] === 'assistant' && roles.slice(1).every((found) => found === undefined),
    every: withContent.every((delta) => delta['role'] === 'assistant'),
    any: roles.every((found) => found === undefined || found === 'assistant'),
  };
  const expected = {
    first: 'assistant in the first delta, none or null later',
    every: 'assistant in each delta with content',
    any: 'assistant, wherever it stands',
  };
  const naming = roles.filter((found) => found !== undefined);
  return {
    row,
    name: 'role of the deltas',
    expected: expected[role],
    seen: `${listed([...new Set(naming.map(String))])} in ${naming.length} of ${deltas.length} deltas`,
    holds: holds[role],
    open: role === 'any',
  };
}

function emptyFirstObservation(deltas: readonly JsonObject[], row: string): Observation {
  const content = deltas[0]?.['content'];
  return {
    row,
    name: 'content of the first delta',
    expected: 'empty',
    seen: JSON.stringify(content) ?? 'missing',
    holds: content === '',
  };
}

function finishObservation(choices: readonly JsonObject[], { row, finish }: StreamFacts): Observation {
  const reasons = choices.flatMap((choice) => textOf(choice['finish_reason']) ?? []);
  const isKnown = reasons.every((reason) => finishReasons.includes(reason)) && reasons.length <= 1;
  return {
    row,
    name: 'finish_reason of a stream',
    expected: finish === 'any' ? `none, or one of ${finishReasons.join(', ')}` : 'one, in the last choice',
    seen: listed(reasons),
    holds: isKnown && (finish === 'any' || textOf(choices.at(-1)?.['finish_reason']) !== undefined),
    open: finish === 'any',
  };
}

/** Where the chunks of one stream tell token counts. */
function usageObservation(chunks: readonly JsonObject[], { row, usage }: StreamFacts): Observation {
  const last = chunks.at(-1);
  const found = usages(chunks);
  const isOwnChunk =
    objectsIn(last, 'choices').length === 0 && isObject(last?.['usage']) && found.length === 1;
  const areNull = chunks.slice(0, -1).every((chunk) => chunk['usage'] === null);
  const seen =
    found.length === 0
      ? 'none'
      : isOwnChunk
        ? `in a last chunk without choices, ${areNull ? 'null' : 'not null'} in the others`
        : `in ${found.length} of ${chunks.length} chunks, with choices`;
  const holds = {
    never: found.length === 0,
    'own chunk': isOwnChunk && areNull,
    'in a chunk': found.length > 0 && numberOf(found.at(-1)?.['total_tokens']) !== undefined,
    any: found.every((counts) => numberOf(counts['total_tokens']) !== undefined),
  };
  const expected = {
    never: 'none',
    'own chunk': 'in a last chunk without choices, null in the others',
    'in a chunk': 'in a chunk',
    any: 'anywhere, with a total',
  };
  return {
    row,
    name: 'token counts of a stream',
    expected: expected[usage],
    seen,
    holds: holds[usage],
    open: usage === 'any',
  };
}

function usages(chunks: readonly JsonObject[]): JsonObject[] {
  return chunks
    .map((chunk) => (isObject(chunk['usage']) ? chunk['usage'] : objectIn(chunk['x_groq'], 'usage')))
    .filter((counts) => Object.keys(counts).length > 0);
}

function firstChoices(chunks: readonly JsonObject[]): JsonObject[] {
  return chunks
    .flatMap((chunk) => objectsIn(chunk, 'choices'))
    .filter(({ index }) => index === undefined || index === 0);
}

/** Checks of the bytes of a stream, before anybody looks into the chunks. */
export function framingObservations(reply: Exchange, raw: RawStream, facts: StreamFacts): Observation[] {
  const { row, isLoose } = facts;
  const type = reply.headers.get('content-type') ?? 'none';
  const end = reply.brokenOff ?? (raw.done ? '[DONE]' : 'EOF');
  return [
    {
      row,
      name: 'content type of a stream',
      expected: isLoose ? 'any, but no page' : facts.contentTypes.join(' or '),
      seen: type,
      holds: isLoose
        ? !/html/i.test(type)
        : facts.contentTypes.includes(type.replace(/;.*/s, '').trim().toLowerCase()),
      open: isLoose || facts.contentTypes.length > 1,
    },
    {
      row,
      name: 'events of a stream',
      expected: 'unnamed, each with one line of JSON',
      seen: listed([...raw.eventNames.map((name) => `the name ${name}`), ...raw.oddities], 'as expected'),
      holds: raw.eventNames.length === 0 && raw.oddities.length === 0 && raw.chunks.length > 0,
    },
    {
      row,
      name: 'line ends of a stream',
      expected: isLoose ? 'one kind' : 'LF, no byte order mark',
      seen: listed([...raw.lineEnds, ...(raw.hasBom ? ['a byte order mark'] : [])]),
      holds: raw.lineEnds.length === 1 && (isLoose || (raw.lineEnds[0] === 'LF' && !raw.hasBom)),
      open: isLoose,
    },
    {
      row,
      name: 'end of a stream',
      expected: facts.end === 'any' ? '[DONE] or EOF' : facts.end,
      seen: end,
      holds: facts.end === 'any' ? reply.brokenOff === undefined : end === facts.end,
      open: facts.end === 'any',
    },
    commentObservation(reply, raw, facts),
  ];
}

/** A pause in which each server with keep-alives should have sent some. */
const longPauseMs = 1000;

function commentObservation(
  { bodyMs }: Exchange,
  { comments }: RawStream,
  { row, comments: kind }: StreamFacts,
): Observation {
  const rate = `${comments.length} in ${Math.round(bodyMs)} ms`;
  const expected = {
    none: 'none',
    'keep-alive': ': keep-alive every 15 ms of waiting',
    any: 'none, or short lines',
  };
  const missing = bodyMs < longPauseMs ? undefined : false;
  const holds = {
    none: comments.length === 0,
    'keep-alive': comments.length === 0 ? missing : comments.every((line) => line === ': keep-alive'),
    any: comments.every((line) => line.length < 100),
  };
  const kinds = comments.length === 0 ? '' : `: ${listed([...new Set(comments)])}`;
  return {
    row,
    name: 'comments of a stream',
    expected: expected[kind],
    seen: rate + kinds,
    holds: holds[kind],
    open: kind === 'any',
  };
}
