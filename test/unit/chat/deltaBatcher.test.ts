import assert from 'node:assert/strict';
import { batchDelay, type Clock, createDeltaBatcher } from '../../../src/chat/deltaBatcher.ts';

function createTestClock(): Clock & { advance(ms: number): void } {
  let now = 0;
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
    },
  };
}

describe('createDeltaBatcher', () => {
  it('writes the first delta at once, later ones together, the rest on flush', () => {
    const clock = createTestClock();
    const written: string[] = [];
    const batcher = createDeltaBatcher((text) => written.push(text), clock);
    batcher.push('a');
    assert.deepEqual(written, ['a']);
    batcher.push('b');
    clock.advance(20);
    batcher.push('c');
    assert.deepEqual(written, ['a']);
    clock.advance(30);
    assert.deepEqual(written, ['a', 'bc']);
    clock.advance(500);
    batcher.push('d');
    assert.deepEqual(written, ['a', 'bc', 'd']);
    batcher.push('e');
    batcher.flush();
    batcher.flush();
    clock.advance(1000);
    assert.deepEqual(written, ['a', 'bc', 'd', 'e']);
  });

  it('writes rarely when an answer is long and fast, and loses nothing', () => {
    const clock = createTestClock();
    const written: string[] = [];
    const batcher = createDeltaBatcher((text) => written.push(text), clock);
    // 1,000 deltas of four characters a second for ten seconds.
    for (let i = 0; i < 10_000; i += 1) {
      batcher.push('abcd');
      clock.advance(1);
    }
    batcher.flush();
    assert.equal(written.join('').length, 40_000);
    assert.ok(written.length <= 60, String(written.length));
  });

  it('grows the delay with length and rate', () => {
    assert.equal(batchDelay(100, 50_000), 50);
    assert.equal(batchDelay(4_000, 100), 50);
    assert.ok(batchDelay(20_000, 100) > 100);
    assert.ok(batchDelay(40_000, 100) >= 250);
    assert.ok(batchDelay(10_000, 4_000) >= 250);
    assert.equal(batchDelay(1_000_000, 1_000_000), 400);
  });
});
