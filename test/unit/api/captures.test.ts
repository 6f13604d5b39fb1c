import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { cutAt, decode, summarise } from './decoding.ts';

const fixtures = new URL('fixtures/', import.meta.url);

/** What each recorded body says (wire contract B1, B2, B4, C, F). */
const expected: Record<
  string,
  { text: string; finishReason?: string; totalTokens?: number; reasoning?: string; arguments?: string }
> = {
  'tachyon-completions.sse': { text: 'Hello! How can I assist' },
  'tachyon-chatroom.sse': {
    text: '仙台の天気を調べます。🌤{"weather":"sunny"}',
    arguments: '{"location":"仙台"}',
    finishReason: 'stop',
  },
  'openrouter.sse': { text: 'Grüße, Welt 🌍', finishReason: 'stop', totalTokens: 7 },
  'azure-crlf.sse': { text: 'Blå bær', finishReason: 'stop' },
  'llamacpp-unterminated.sse': { text: 'ok ✓', finishReason: 'stop' },
  'atoma-no-done.sse': { text: 'plain EOF', finishReason: 'stop', totalTokens: 3 },
  'groq.sse': { text: 'fast', reasoning: 'hm', finishReason: 'stop', totalTokens: 11 },
  'bom-cr-multiline.sse': { text: 'två rader ✂' },
  'whole-json-with-done.json': { text: 'ganz 全部', finishReason: 'stop', totalTokens: 3 },
};

function summaryOf(name: string): unknown {
  const nothing = { reasoning: '', arguments: '', finishReason: undefined, totalTokens: undefined };
  return { ...nothing, error: undefined, ...expected[name] };
}

describe('recorded bodies', () => {
  const names = Object.keys(expected);

  it('are all expected', () => {
    assert.deepEqual(
      readdirSync(fixtures)
        .filter((name) => !name.startsWith('.'))
        .toSorted(),
      names.toSorted(),
    );
  });

  for (const name of names) {
    const bytes = new Uint8Array(readFileSync(new URL(name, fixtures)));

    it(`${name} says the same when cut at any byte`, () => {
      for (let position = 0; position <= bytes.length; position += 1) {
        assert.deepEqual(summarise(decode(cutAt(bytes, position))), summaryOf(name), `cut at ${position}`);
      }
    });

    it(`${name} says the same byte by byte`, () => {
      assert.deepEqual(summarise(decode([...bytes].map((byte) => Uint8Array.of(byte)))), summaryOf(name));
    });

    it(`${name} says the same in random pieces`, () => {
      fc.assert(
        fc.property(fc.array(fc.nat(bytes.length), { maxLength: 30 }), (cuts) => {
          const positions = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
          const pieces = positions.slice(1).map((end, index) => bytes.subarray(positions[index], end));
          assert.deepEqual(summarise(decode(pieces)), summaryOf(name));
        }),
        { numRuns: 50 },
      );
    });
  }
});

describe('any text', () => {
  it('survives any line ends and any pieces', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 });
    const ends = fc.constantFrom('\n', '\r', '\r\n');
    fc.assert(
      fc.property(texts, ends, fc.array(fc.nat(400), { maxLength: 10 }), (contents, end, cuts) => {
        const events = contents.map(
          (content) => `data: ${JSON.stringify({ content })}${end}: comment${end}${end}`,
        );
        const bytes = new TextEncoder().encode(events.join(''));
        const positions = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
        const pieces = positions.slice(1).map((stop, index) => bytes.subarray(positions[index], stop));
        assert.deepEqual(
          decode(pieces).values,
          contents.map((content) => ({ content })),
        );
      }),
      { numRuns: 200 },
    );
  });
});
