import assert from 'node:assert/strict';
import { bufferedText, createBufferingWatch, isBuffered } from '../../../src/chat/bufferedStream.ts';
import { untranslated } from '../../../src/chat/l10n.ts';

/** `count` arrivals from `first` ms on, one each `step` ms. */
function arrivals(count: number, first: number, step: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index * step);
}

/** Plays a reply of `count` pieces, all `wait` ms after the request. */
function play(wait: number, count: number, connections: readonly string[]): (string | undefined)[] {
  let time = 5000;
  const watch = createBufferingWatch(() => time);
  return connections.map((connection) => {
    const clock = watch.start();
    time += wait;
    for (let index = 0; index < count; index += 1) clock.piece();
    return clock.note(connection, untranslated);
  });
}

describe('a streamed reply', () => {
  const replies: [name: string, times: readonly number[], buffered: boolean][] = [
    ['that a proxy held back', arrivals(200, 8000, 0.02), true],
    ['that a proxy held back, over a slow line', arrivals(2000, 40_000, 0.4), true],
    ['that came in one read', arrivals(20, 1000, 0), true],
    ['of the quickest models', arrivals(500, 1200, 1), false],
    ['at the usual speed', arrivals(200, 900, 15), false],
    ['after a long thought', arrivals(60, 30_000, 8), false],
    ['that came before anybody minded', arrivals(200, 999, 0.01), false],
    ['too short to tell', arrivals(19, 8000, 0), false],
    ['with a late end', [...arrivals(199, 8000, 0.01), 12_000], false],
    ['whose quick pieces took long after a short wait', arrivals(1000, 1000, 0.4), false],
    ['without text', [], false],
  ];
  for (const [name, times, buffered] of replies) {
    it(`${name} ${buffered ? 'was' : 'was not'} buffered`, () => assert.equal(isBuffered(times), buffered));
  }

  it('is told with its wait, as inert markdown', () => {
    const text = bufferedText([7400, 7401], 'my [proxy](x)', untranslated);
    assert.match(text, /^The answer of “my \\\[proxy\\\]\(x\)” came all at once after 8 s: /);
    assert.match(text, /“stream”: false/);
  });
});

describe('the watch of a window', () => {
  it('tells of each connection once, counted from its request on', () => {
    const [first, again, other] = play(4000, 50, ['one', 'one', 'two']);
    assert.match(first ?? '', /“one” came all at once after 4 s/);
    assert.equal(again, undefined);
    assert.match(other ?? '', /“two” came all at once after 4 s/);
  });

  it('says nothing of what was not held back', () => {
    assert.deepEqual(play(200, 50, ['one', 'one']), [undefined, undefined]);
  });

  it('measures by a clock of its own', () => {
    const clock = createBufferingWatch().start();
    for (let index = 0; index < 50; index += 1) clock.piece();
    assert.equal(clock.note('one', untranslated), undefined);
  });
});
