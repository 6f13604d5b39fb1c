import assert from 'node:assert/strict';
import { createPendingDeletes } from '../../../../src/chat/panel/pendingDeletes.ts';
import { createManualClock } from '../support/quickClock.ts';

function deletes() {
  const clock = createManualClock();
  const removed: string[] = [];
  const told: [string, unknown][] = [];
  const pending = createPendingDeletes(clock, (key, error) => told.push([key, error]));
  const remove = (key: string) => async () => void removed.push(key);
  return { clock, removed, told, pending, remove };
}

describe('deletions', () => {
  it('go out when ten seconds are over', async () => {
    const { clock, removed, pending, remove } = deletes();
    pending.add('r', remove('r'));
    assert.equal(pending.remaining('r'), 10_000);
    assert.deepEqual(pending.waiting(), ['r']);
    clock.advance(9999);
    assert.equal(pending.remaining('r'), 1);
    assert.deepEqual(removed, []);
    assert.equal(pending.isGone('r'), false);
    clock.advance(1);
    await pending.flush();
    assert.deepEqual(removed, ['r']);
    assert.deepEqual(pending.waiting(), []);
    assert.equal(pending.isGone('r'), true);
    assert.equal(pending.remaining('r'), undefined);
  });

  it('never go out if they were undone', async () => {
    const { clock, removed, pending, remove } = deletes();
    pending.add('r', remove('r'));
    assert.equal(pending.undo('r'), true);
    assert.equal(pending.undo('r'), false);
    clock.advance(20_000);
    await pending.flush();
    assert.deepEqual(removed, []);
    assert.equal(pending.remaining('r'), undefined);
  });

  it('go out at once, each once, when the window closes, and are waited for', async () => {
    const { clock, removed, pending, remove } = deletes();
    pending.add('a', remove('a'));
    pending.add('b', remove('b'));
    pending.add('b', remove('b'));
    await pending.flush();
    assert.deepEqual(removed, ['a', 'b']);
    clock.advance(20_000);
    await pending.flush();
    assert.deepEqual(removed, ['a', 'b']);
  });

  it('that fail bring the room back and say so', async () => {
    const { told, pending } = deletes();
    const error = new Error('no');
    pending.add('r', () => Promise.reject(error));
    await pending.flush();
    assert.equal(pending.isGone('r'), false);
    assert.deepEqual(told.at(-1), ['r', error]);
    pending.add('r', async () => undefined);
    assert.equal(pending.remaining('r'), 10_000, 'it can be tried again');
  });
});
