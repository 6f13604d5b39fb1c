import assert from 'node:assert/strict';
import { createOutbox } from '../../../../src/host/panel/outbox.ts';
import type { ToWebview } from '../../../../src/shared/panelMessages.ts';
import { createManualClock } from '../../chat/support/quickClock.ts';

function outbox() {
  const clock = createManualClock();
  const posted: ToWebview[] = [];
  return { clock, posted, box: createOutbox((message) => posted.push(message), clock) };
}

const delta = (text: string, turn = 't'): ToWebview => ({ type: 'textDelta', turn, text });

describe('messages to the page', () => {
  it('tell the first text at once, and then what came within a frame in one piece', () => {
    const { clock, posted, box } = outbox();
    for (const text of ['a', 'b', 'c']) box.push(delta(text));
    assert.deepEqual(posted, [delta('a')]);
    clock.advance(15);
    assert.equal(posted.length, 1);
    clock.advance(1);
    assert.deepEqual(posted, [delta('a'), delta('bc')]);
    clock.advance(100);
    box.push(delta('d'));
    assert.deepEqual(posted.at(-1), delta('d'));
  });

  it('keep their order, and those of several turns apart', () => {
    const { clock, posted, box } = outbox();
    box.push(delta('0'));
    box.push(delta('a'));
    box.push({ type: 'reasoningDelta', turn: 't', text: 'r' });
    box.push(delta('b'));
    box.push(delta('x', 'u'));
    box.push({ type: 'focus' });
    assert.deepEqual(posted.slice(1), [
      delta('a'),
      { type: 'reasoningDelta', turn: 't', text: 'r' },
      delta('b'),
      delta('x', 'u'),
      { type: 'focus' },
    ]);
    clock.advance(100);
    assert.equal(posted.length, 6, 'nothing is told twice');
  });

  it('are let go when the page is gone', () => {
    const { clock, posted, box } = outbox();
    box.push(delta('a'));
    box.push(delta('b'));
    box.clear();
    clock.advance(100);
    assert.deepEqual(posted, [delta('a')]);
  });
});
