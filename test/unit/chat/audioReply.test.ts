import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { AudioDelta } from '../../../src/api/wire.ts';
import { assembleReply } from '../../../src/chat/replyAssembly.ts';
import type { ReplyEvent } from '../../../src/chat/replyEvents.ts';

function assemble(deltas: readonly AudioDelta[], audioFormat?: string): ReplyEvent[] {
  const reply = assembleReply({
    alternatives: 1,
    alwaysFinishes: false,
    ...(audioFormat !== undefined && { audioFormat }),
  });
  const events = deltas.flatMap((audio) =>
    reply.add({ choices: [{ index: 0, delta: { audio }, finish_reason: null }] }),
  );
  return [...events, ...reply.end()];
}

function soundOf(fragments: readonly string[]): string | undefined {
  return assemble(fragments.map((data) => ({ data }))).find((event) => event.type === 'audio')?.data;
}

/** Something between two cuts, for all of them. */
function between(cuts: readonly number[], length: number): [from: number, to: number][] {
  const ends = [0, ...cuts.map((cut) => cut % (length + 1)), length].toSorted((a, b) => a - b);
  return ends.slice(1).map((to, i) => [ends[i] ?? 0, to]);
}

describe('a spoken reply', () => {
  it('shows its transcript as text and gives the sound whole at the end', () => {
    const deltas = [{ id: 'a', transcript: 'Good ' }, { data: 'AAEC' }, { data: 'AwQ=', transcript: 'day' }];
    assert.deepEqual(assemble(deltas, 'pcm16').slice(0, -1), [
      { type: 'textDelta', text: 'Good ' },
      { type: 'textDelta', text: 'day' },
      { type: 'audio', data: 'AAECAwQ=', format: 'pcm16' },
    ]);
  });

  it('is a WAV file where nobody asked for a format', () => {
    assert.deepEqual(assemble([{ data: 'AAEC' }])[0], { type: 'audio', data: 'AAEC', format: 'wav' });
  });

  it('is whole wherever its base64 is cut, and where each fragment is padded for itself', () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 5 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), cuts, (bytes, at) => {
        const whole = Buffer.from(bytes).toString('base64');
        assert.equal(soundOf(between(at, whole.length).map(([from, to]) => whole.slice(from, to))), whole);
        const padded = between(at, bytes.length).map((cut) =>
          Buffer.from(bytes.subarray(...cut)).toString('base64'),
        );
        assert.deepEqual(Buffer.from(soundOf(padded) ?? '', 'base64'), Buffer.from(bytes));
      }),
    );
  });

  it('that is no base64 does not take the text with it', () => {
    const events = assemble([{ data: 'AA==', transcript: 'Hello' }, { data: '%%==' }, { data: 'AA==' }]);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['textDelta', 'audio', 'finished'],
    );
  });
});
