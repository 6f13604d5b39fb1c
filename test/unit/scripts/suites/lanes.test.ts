import assert from 'node:assert/strict';
import { type LaneRun, longestFirst, runInLanes } from '../../../../scripts/suites/lanes.ts';
import { endToEndOrder } from '../../../../scripts/suites/endToEndOrder.ts';
import { glob } from 'node:fs/promises';
import { basename } from 'node:path';
import { root } from '../../../../scripts/paths.ts';

/** A run that ends when it is told to. */
function heldRun(passed: number): { readonly run: LaneRun; readonly end: () => void; isStarted: boolean } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = {
    isStarted: false,
    end: resolve,
    run: async () => {
      held.isStarted = true;
      await promise;
      return { passed, failed: 0 };
    },
  };
  return held;
}

const fail = (error: unknown): never => {
  throw error;
};

/** Until everything that can go on by itself has done so. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('runInLanes', () => {
  it('begins a run whenever another one has ended, in their order', async () => {
    const held = [1, 2, 4, 8].map(heldRun);
    const started = () => held.map(({ isStarted }) => isStarted);
    const result = runInLanes(
      held.map(({ run }) => run),
      2,
      fail,
    );
    await settled();
    assert.deepEqual(started(), [true, true, false, false]);
    held[1]?.end();
    await settled();
    assert.deepEqual(started(), [true, true, true, false]);
    held[2]?.end();
    await settled();
    assert.deepEqual(started(), [true, true, true, true]);
    for (const { end } of held) end();
    assert.deepEqual(await result, { passed: 15, failed: 0 });
  });

  it('counts a run that rejects as a failed test, tells it and goes on', async () => {
    const told: unknown[] = [];
    const broken = new Error('broken');
    const runs = [async () => Promise.reject(broken), async () => ({ passed: 2, failed: 1 })];
    const result = await runInLanes(runs, 1, (error) => told.push(error));
    assert.deepEqual(result, { passed: 2, failed: 2 });
    assert.deepEqual(told, [broken]);
  });

  it('has nothing to count where nothing runs', async () => {
    assert.deepEqual(await runInLanes([], 2, fail), { passed: 0, failed: 0 });
  });
});

describe('longestFirst', () => {
  it('puts what nobody has measured in front of what is known', () => {
    const paths = ['e2e/a.test.ts', 'e2e/b.test.ts', 'e2e/c.test.ts', 'e2e/new.test.ts'];
    assert.deepEqual(longestFirst(paths, ['c.test.ts', 'a.test.ts', 'b.test.ts']), [
      'e2e/new.test.ts',
      'e2e/c.test.ts',
      'e2e/a.test.ts',
      'e2e/b.test.ts',
    ]);
  });
});

describe('the order of the end-to-end files', () => {
  it('names files that are there, each once', async () => {
    const found = new Set<string>();
    for await (const file of glob('test/e2e/*.test.ts', { cwd: root })) found.add(basename(file));
    assert.deepEqual(
      endToEndOrder.filter((name) => !found.has(name)),
      [],
    );
    assert.equal(new Set(endToEndOrder).size, endToEndOrder.length);
  });
});
