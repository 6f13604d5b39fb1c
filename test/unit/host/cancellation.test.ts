import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { abortable } from '../../../src/host/cancellation.ts';

describe('work that a stop gives up', () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  let usual: NodeJS.UnhandledRejectionListener[];

  beforeEach(() => {
    unheard.length = 0;
    usual = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', hear);
  });
  afterEach(() => {
    process.removeListener('unhandledRejection', hear);
    for (const listener of usual) process.on('unhandledRejection', listener);
  });

  it('ends at once with the reason, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const given = abortable(new Promise(() => undefined), stop.signal);
    stop.abort();
    await assert.rejects(given, { name: 'AbortError' });
    assert.deepEqual(getEventListeners(stop.signal, 'abort'), []);
  });

  for (const when of ['before', 'after'] as const) {
    it(`may fail later, where it had begun ${when} the stop`, async () => {
      const { promise: work, reject } = Promise.withResolvers<never>();
      const stop = new AbortController();
      if (when === 'after') stop.abort();
      const given = abortable(work, stop.signal);
      stop.abort();
      await assert.rejects(given, { name: 'AbortError' });
      reject(new Error('late'));
      await turnOfLoop();
      assert.deepEqual(unheard, []);
    });
  }
});
