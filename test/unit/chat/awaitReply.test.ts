import assert from 'node:assert/strict';
import type { ChatroomOperations } from '../../../src/api/endpoint.ts';
import type { ChatMessage } from '../../../src/api/wire.ts';
import { type AwaitedReply, awaitReply, type FoundReply } from '../../../src/chat/awaitReply.ts';
import type { Clock } from '../../../src/chat/deltaBatcher.ts';
import { fingerprint } from '../../../src/chat/fingerprint.ts';
import { createManualClock, createQuickClock } from './support/quickClock.ts';

const whole = 'word '.repeat(40).trim();

/** Awaits the reply to the prompt `p`, of which the first ten characters came. */
async function awaitIn(
  listMessages: ChatroomOperations['listMessages'],
  clock: Clock,
  more: Partial<AwaitedReply> = {},
): Promise<FoundReply> {
  return awaitReply({
    chatrooms: { listMessages },
    room: 'r',
    record: {
      turn: 't',
      conversation: 'c',
      connection: 'tachyon',
      room: 'r',
      surface: 'participant',
      promptHash: await fingerprint('p'),
      askedAt: '2026-11-21T00:00:00Z',
    },
    records: [],
    partial: whole.slice(0, 10),
    isFresh: true,
    mayGrow: true,
    clock,
    ...more,
  });
}

/** Pauses are over at once; limits are the clock's own matter. */
function withQuickPauses(clock: Clock): Clock {
  const quick = createQuickClock();
  return { ...clock, after: (ms, callback) => (ms < 10_000 ? quick : clock).after(ms, callback) };
}

function turn(reply: string): ChatMessage[] {
  return [
    { id: '1', role: 'user', text: 'p', type: 'text' },
    { id: '2', role: 'assistant', text: reply, type: 'text' },
  ];
}

describe('a reply that is awaited in its room', () => {
  for (const isFresh of [true, false]) {
    it(`is not whole while the server stores it in steps, ${isFresh ? 'at once' : 'later on'}`, async () => {
      let now = 0;
      const clock = createQuickClock((time) => void (now = time));
      const stored = () => whole.slice(0, 20 + 40 * Math.floor(now / 2400));
      const found = await awaitIn(async () => turn(stored()), clock, { isFresh });
      assert.deepEqual(found, { isHeld: true, reply: whole });
    });

    it(`that is whole is shown after a few looks, ${isFresh ? 'at once' : 'later on'}`, async () => {
      let looks = 0;
      const found = await awaitIn(async () => ((looks += 1), turn(whole)), createQuickClock(), { isFresh });
      assert.deepEqual(found, { isHeld: true, reply: whole });
      assert.equal(looks, 4);
    });
  }

  it('is there at the first look in a room that marks what is not whole', async () => {
    const found = await awaitIn(async () => turn(whole), createQuickClock(), { mayGrow: false });
    assert.deepEqual(found, { isHeld: true, reply: whole });
  });

  it('is found in a long room, of which each page may take its time', async () => {
    const clock = createManualClock();
    const earlier = Array.from({ length: 2000 }, (_, i) => ({
      id: `m${i}`,
      role: i % 2 === 0 ? 'user' : 'assistant',
      text: `${i}`,
      type: 'text',
    }));
    const all = [...earlier, ...turn(whole)];
    const found = await awaitIn(
      async (_, { limit = 20, offset = 0 }, options) => {
        clock.advance(3000);
        options?.signal?.throwIfAborted();
        return all.slice(offset, offset + limit);
      },
      {
        ...clock,
        after: (ms, callback) =>
          ms < 10_000 ? createQuickClock().after(ms, callback) : clock.after(ms, callback),
      },
    );
    assert.deepEqual(found, { isHeld: true, reply: whole });
  });

  it('is not waited for behind a page that hangs', async () => {
    const clock = createManualClock();
    const hang: ChatroomOperations['listMessages'] = (_room, _query, options) =>
      new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => reject(new Error('late')));
        setImmediate(() => clock.advance(10_000));
      });
    const found = await awaitIn(hang, withQuickPauses(clock));
    assert.deepEqual(found, {});
  });

  it('is looked for again after a sleep of the machine, though the network came back late', async () => {
    let slept = 0;
    let looks = 0;
    const quick = createQuickClock((time) => {
      if (time === 1000) slept = 3_600_000;
    });
    const clock = { ...quick, now: () => quick.now() + slept };
    const found = await awaitIn(async () => {
      looks += 1;
      if (looks < 5) throw new Error('no network');
      return turn(whole);
    }, clock);
    assert.deepEqual(found, { isHeld: true, reply: whole });
  });
});
