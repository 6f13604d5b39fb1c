import assert from 'node:assert/strict';
import { type LaneRun, longestFirst, runInLanes } from '../../../../scripts/suites/lanes.ts';
import { endToEndRuns, nameOf, sharingFiles } from '../../../../scripts/suites/endToEndRuns.ts';
import { repeatedLine } from '../../../../scripts/suites/mochaResult.ts';
import { measuredSeconds } from '../../../../scripts/suites/measuredSeconds.ts';
import { suites } from '../../../../scripts/suites/suites.ts';

/** A run that ends when it is told to. */
function heldRun(passed: number): { readonly run: LaneRun; readonly end: () => void; isStarted: boolean } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = {
    isStarted: false,
    end: resolve,
    run: {
      title: 'held',
      start: async () => {
        held.isStarted = true;
        await promise;
        return { passed, failed: 0 };
      },
    },
  };
  return held;
}

const ignore = (): void => {};

/** A run that prints twice, with a pause. */
const talking = (title: string): LaneRun => ({
  title,
  async start(print) {
    print(`${title} `);
    await settled();
    print(`${title} `);
    return { passed: 1, failed: 0 };
  },
});

/** Until everything that can go on by itself has done so. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('runInLanes', () => {
  it('begins a run whenever another one has ended, in their order', async () => {
    const held = [1, 2, 4, 8].map(heldRun);
    const started = () => held.map(({ isStarted }) => isStarted);
    const result = runInLanes(
      held.map(({ run }) => run),
      2,
      ignore,
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

  it('counts a run that rejects or has no test as a failed test, tells it and goes on', async () => {
    let printed = '';
    const runs = [
      { title: 'one', start: async () => Promise.reject(new Error('broken')) },
      { title: 'two', start: async () => ({ passed: 0, failed: 0 }) },
      { title: 'three', start: async () => ({ passed: 2, failed: 1 }) },
    ];
    const result = await runInLanes(runs, 1, (text) => (printed += text));
    assert.deepEqual(result, { passed: 2, failed: 3 });
    assert.match(
      printed,
      /broken\n\n== one: 0 passed, 1 failed[\s\S]*no test[\s\S]*== three: 2 passed, 1 failed/,
    );
  });

  it('keeps the output of runs apart, and prints that of a single one as it comes', async () => {
    const printed: string[] = [];
    await runInLanes([talking('a'), talking('b')], 2, (text) => printed.push(text));
    assert.deepEqual(
      printed.map((text) => text.split('\n')[0]),
      ['a a ', 'b b '],
    );
    printed.length = 0;
    await runInLanes([talking('c')], 2, (text) => printed.push(text));
    assert.deepEqual(printed.slice(0, 2), ['c ', 'c ']);
  });

  it('tells at the end once more what failed', async () => {
    let printed = '';
    const failing: LaneRun = {
      title: 'a',
      async start(print) {
        print('✔ one\n\u001B[31m  1 failing\u001B[0m\n1) two:\nnot equal');
        return { passed: 1, failed: 1 };
      },
    };
    await runInLanes([failing, talking('b')], 1, (text) => (printed += text));
    const end = printed.slice(printed.lastIndexOf('== b'));
    assert.match(end, /== failed in a ==\n.*1 failing.*\n1\) two:\nnot equal/);
    assert.doesNotMatch(end, /✔ one/);
  });

  it('tells at the end what was tried twice', async () => {
    let printed = '';
    const repeating: LaneRun = {
      title: 'a',
      async start(print) {
        const error = new Error('no answer\n  - waiting for \u001B[2mthe box\u001B[22m');
        error.stack = 'Error\n    at open (/lib/page.js:1:1)\n    at ask (/a/test/e2e/ask.test.ts:7:3)';
        print(`✔ one\n${repeatedLine('a journey', error)}\n`);
        return { passed: 1, failed: 0 };
      },
    };
    await runInLanes([repeating, talking('b')], 1, (text) => (printed += text));
    assert.ok(
      printed.endsWith(
        '\n@@again a journey: no answer - waiting for the box at ask (/a/test/e2e/ask.test.ts:7:3)\n',
      ),
    );
  });

  it('has nothing to count where nothing runs', async () => {
    assert.deepEqual(await runInLanes([], 2, ignore), { passed: 0, failed: 0 });
  });
});

describe('longestFirst', () => {
  it('puts what nobody has measured in front of what is known', () => {
    const runs = ['a', 'b', 'c', 'new'].map((title) => ({ title }));
    assert.deepEqual(
      longestFirst(runs, { a: 2, b: 1, c: 3 }).map(({ title }) => title),
      ['new', 'c', 'a', 'b'],
    );
  });
});

describe('the runs of npm test', () => {
  it('share a VS Code between files that are there', async () => {
    const files = (await endToEndRuns()).flat().map(nameOf);
    const named = sharingFiles.flat();
    assert.deepEqual(
      named.filter((name) => !files.includes(name)),
      [],
    );
    assert.equal(new Set(files).size, files.length);
  });

  it('are measured by titles that are there', async () => {
    const runs = await Promise.all(Object.values(suites).map((suite) => suite()));
    const titles = new Set(runs.flat().map(({ title }) => title));
    assert.deepEqual(
      Object.keys(measuredSeconds).filter((title) => !titles.has(title)),
      [],
    );
  });
});
