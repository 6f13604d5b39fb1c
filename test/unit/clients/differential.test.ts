import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { type Quirk, quirks, type Truth } from './generatedReply.ts';
import { type Reading, readOpenai, readOurs } from './readings.ts';
import { type GeneratedStream, generateStream } from './streamGenerator.ts';

type Field = 'text' | 'calls' | 'finish' | 'usage' | 'error';

/** Where the `openai` client is not right, and why. `alone`: all the rest it reads as we do. */
const disagreements: Readonly<Record<Quirk, { field: Field; alone: boolean; why: string }>> = {
  groqUsage: { field: 'usage', alone: true, why: 'it has no name for Groq’s `x_groq.usage`' },
  contentParts: {
    field: 'text',
    alone: true,
    why: 'it takes content for text where Tachyon sends an array of parts',
  },
  argumentsObject: {
    field: 'calls',
    alone: true,
    why: 'it takes arguments for text where Ollama sends an object',
  },
  sameIndex: {
    field: 'calls',
    alone: true,
    why: 'it tells calls apart by an index that Ollama sends as 0 for all',
  },
  noIndex: { field: 'calls', alone: true, why: 'it tells calls apart by an index that Gemini does not send' },
  errorText: {
    field: 'error',
    alone: true,
    why: 'it shows an error that is a plain string as JSON, in quotes',
  },
  errorField: {
    field: 'error',
    alone: true,
    why: 'it drops fields it does not know, and llama.cpp’s `error:` is one',
  },
  errorObject: {
    field: 'error',
    alone: true,
    why: 'it looks for `error`, while vLLM marks its errors by `object`',
  },
  errorType: {
    field: 'error',
    alone: true,
    why: 'it looks for `error`, while Tachyon marks its errors by `type`',
  },
  plainErrorEvent: {
    field: 'error',
    alone: true,
    why: 'it wants JSON in an event named `error` and loses plain text',
  },
  disguisedComment: {
    field: 'error',
    alone: false,
    why: 'it wants JSON where a gateway wrapped a comment in `data:`',
  },
  nameWithoutData: {
    field: 'error',
    alone: false,
    why: 'it dispatches events without data and parses nothing as JSON',
  },
  emptyData: { field: 'error', alone: false, why: 'it parses empty data as JSON' },
  paddedDone: { field: 'error', alone: true, why: 'it compares `[DONE]` without regard to blanks around it' },
  wholeJson: {
    field: 'text',
    alone: false,
    why: 'it finds no event in a whole JSON reply and ends without a word',
  },
};

interface Result {
  readonly stream: GeneratedStream;
  readonly ours: Reading;
  readonly openai: Reading;
}

/** What a stream says, field by field. A choice of which nothing visible came before an error may be known or not. */
function fieldsOf({ choices, usage, error }: Reading | Truth): Record<Field, unknown> {
  const visible = choices.filter(
    ({ text, refusal, calls, finish }) => text + refusal !== '' || calls.length > 0 || finish !== null,
  );
  return {
    text: visible.map(({ index, text, refusal }) => ({ index, text, refusal })),
    calls: visible.map(({ index, calls }) => ({ index, calls })),
    finish: visible.map(({ index, finish }) => ({ index, finish })),
    usage,
    error,
  };
}

function differing(stream: GeneratedStream, reading: Reading): string[] {
  const truth = Object.entries(fieldsOf(stream.truth));
  const read: Record<string, unknown> = fieldsOf(reading);
  return truth.flatMap(([field, value]) => (isDeepStrictEqual(read[field], value) ? [] : field));
}

describe('500 generated streams', function () {
  this.timeout(60_000);
  let server: Loopback;
  const results: Result[] = [];

  before(async () => {
    const streams = Array.from({ length: 500 }, (_, seed) => generateStream(seed));
    server = await startLoopback(async (response, { url }) => {
      const stream = streams[Number(url.split('/')[1])];
      response.writeHead(
        200,
        stream?.contentType === undefined ? {} : { 'content-type': stream.contentType },
      );
      response.flushHeaders();
      for (const bytes of stream?.writes ?? []) {
        // Writes of one turn would reach the client as one read.
        await turn();
        response.write(bytes);
      }
      response.end();
    });
    for (const stream of streams) {
      const url = `${server.url}/${stream.seed}`;
      results.push({ stream, ours: await readOurs(url), openai: await readOpenai(url) });
    }
  });

  after(() => server.stop());

  it('say to our client what they were made to say', () => {
    for (const { stream, ours } of results) {
      assert.deepEqual(
        fieldsOf(ours),
        fieldsOf(stream.truth),
        `seed ${stream.seed}, ${stream.quirk ?? 'no quirk'}`,
      );
    }
  });

  it('hold every kind of thing', () => {
    const choices = results.flatMap(({ stream }) => stream.truth.choices);
    const errors = results.map(({ stream }) => stream.truth.error);
    const counts = {
      texts: choices.filter(({ text }) => text !== '').length,
      refusals: choices.filter(({ refusal }) => refusal !== '').length,
      calls: choices.filter(({ calls }) => calls.length > 0).length,
      alternatives: choices.filter(({ index }) => index > 0).length,
      usages: results.filter(({ stream }) => stream.truth.usage !== undefined).length,
      cuts: errors.filter((error) => error === 'cut').length,
      errors: errors.filter((error) => typeof error === 'object').length,
      writes: results.filter(({ stream }) => stream.writes.length > 1).length,
    };
    for (const [thing, count] of Object.entries(counts)) {
      assert.ok(count >= 10, `${thing}: ${count}`);
    }
  });

  it('say the same to the openai client, if they have no quirk', () => {
    const plain = results.filter(({ stream }) => stream.quirk === undefined);
    assert.ok(plain.length >= 200, `${plain.length} plain streams`);
    for (const { stream, openai } of plain) {
      assert.deepEqual(fieldsOf(openai), fieldsOf(stream.truth), `seed ${stream.seed}`);
    }
  });

  for (const quirk of quirks) {
    const { field, alone, why } = disagreements[quirk];
    it(`differ in ${field} for the openai client with ${quirk}: ${why}`, () => {
      const odd = results.filter(({ stream }) => stream.quirk === quirk);
      assert.ok(odd.length >= 5, `${odd.length} streams`);
      for (const { stream, openai } of odd) {
        const fields = differing(stream, openai);
        assert.ok(fields.includes(field), `seed ${stream.seed} differs only in: ${fields.join()}`);
        assert.ok(!alone || fields.length === 1, `seed ${stream.seed} differs in: ${fields.join()}`);
      }
    });
  }
});
