import assert from 'node:assert/strict';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { untilFirst } from '../../../src/chat/untilFirst.ts';

type Tell = (news: string) => void;

/** Items that come when they are told to. */
function source() {
  const begun = Promise.withResolvers<Tell>();
  const first = Promise.withResolvers<number>();
  const closed = Promise.withResolvers<string>();
  async function* numbers() {
    try {
      yield await first.promise;
      yield 2;
      yield 3;
    } finally {
      closed.resolve('closed');
    }
  }
  const items = untilFirst<number, string>((tell) => {
    begun.resolve(tell);
    return numbers();
  });
  return { items, first, told: begun.promise, closed: closed.promise };
}

async function drain<T>(items: AsyncIterable<T>): Promise<{ got: T[]; error: unknown }> {
  const got: T[] = [];
  try {
    for await (const item of items) got.push(item);
  } catch (error) {
    return { got, error };
  }
  return { got, error: undefined };
}

describe('untilFirst', () => {
  // Mocha does not fail for a rejection that nobody handles.
  const unhandled: unknown[] = [];
  const hear = (reason: unknown) => unhandled.push(reason);
  before(() => process.on('unhandledRejection', hear));
  after(() => process.off('unhandledRejection', hear));

  it('gives news at once while the source is pending, then the items; later news are dropped', async () => {
    const { items, first, told } = source();
    const one = items.next();
    const tell = await told;
    tell('one');
    assert.deepEqual(await one, { value: 'one', done: false });
    const two = items.next();
    tell('two');
    tell('three');
    assert.deepEqual(await two, { value: 'two', done: false });
    assert.deepEqual(await items.next(), { value: 'three', done: false });
    const item = items.next();
    // A loop that does not wait would never let this pass.
    await turnOfTheLoop();
    first.resolve(1);
    assert.deepEqual(await item, { value: 1, done: false });
    tell('late');
    assert.deepEqual(await drain(items), { got: [2, 3], error: undefined });
  });

  it('gives news that came while nobody pulled, in order, and first', async () => {
    const { items, first, told } = source();
    const one = items.next();
    const tell = await told;
    tell('one');
    await one;
    tell('two');
    tell('three');
    first.resolve(1);
    await first.promise;
    assert.deepEqual((await drain(items)).got, ['two', 'three', 1, 2, 3]);
  });

  const failures: [string, (tell: Tell) => AsyncIterable<number>, unknown[]][] = [
    ['before the first item', () => failing([]), []],
    ['after the first item', () => failing([1]), [1]],
    [
      'with news at the same time',
      (tell) => {
        tell('news');
        return failing([]);
      },
      ['news'],
    ],
  ];
  for (const [when, start, got] of failures) {
    it(`throws what the source throws ${when}`, async () => {
      const error = new Error('broken');
      assert.deepEqual(await drain(untilFirst(start)), { got, error });
    });
  }

  it('ends with a source that has nothing', async () => {
    assert.deepEqual((await drain(untilFirst(async function* none() {}))).got, []);
  });

  it('can be left while the source is pending, whose failure nobody hears of', async () => {
    for (const fails of [true, false]) {
      const { items, first, told, closed } = source();
      void told.then((tell) => tell('news'));
      for await (const item of items) {
        assert.equal(item, 'news');
        break;
      }
      if (fails) first.reject(new Error('broken'));
      else first.resolve(1);
      assert.equal(await closed, 'closed');
      await turnOfTheLoop();
      assert.deepEqual(unhandled, []);
    }
  });

  it('can be left while a source is pending that will not be closed', async () => {
    const items = untilFirst<number, string>((tell) => ({
      [Symbol.asyncIterator]: () => {
        tell('news');
        return {
          next: () => new Promise<never>(() => undefined),
          return: () => Promise.reject(new Error('broken')),
        };
      },
    }));
    for await (const _ of items) break;
    await turnOfTheLoop();
    assert.deepEqual(unhandled, []);
  });

  it('closes the source when it is left later, and waits for it', async () => {
    const events: string[] = [];
    async function* slow() {
      try {
        yield 1;
      } finally {
        await turnOfTheLoop();
        events.push('closed');
      }
    }
    for await (const _ of untilFirst(slow)) break;
    assert.deepEqual(events, ['closed']);
  });

  it('closes the source when it is left at news, although the first item has come', async () => {
    const { items, first, told, closed } = source();
    const one = items.next();
    (await told)('one');
    await one;
    (await told)('two');
    first.resolve(1);
    await turnOfTheLoop();
    assert.deepEqual(await items.next(), { value: 'two', done: false });
    await items.return();
    assert.equal(await Promise.race([closed, turnOfTheLoop('open')]), 'closed');
  });
});

async function* failing(items: readonly number[]): AsyncGenerator<number> {
  yield* items;
  throw new Error('broken');
}
