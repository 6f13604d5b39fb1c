import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createTrackedRange, type TextChange } from '../../../../src/chat/quickPrompts/trackedRange.ts';

/** A character of a document, and whether it is of the range. */
interface Letter {
  readonly text: string;
  readonly isOwn: boolean;
}

const lettersOf = (text: string, isOwn: boolean): Letter[] =>
  text.split('').map((of) => ({ text: of, isOwn }));

/** A document that knows of each character whose it is. */
function changed(document: readonly Letter[], change: TextChange, isOwn: boolean): Letter[] {
  const { rangeOffset, rangeLength, text } = change;
  return document.toSpliced(rangeOffset, rangeLength, ...lettersOf(text, isOwn));
}

/** Whether all of the range is there, with nothing else in between. */
function isWhole(document: readonly Letter[], length: number): boolean {
  const own = document.flatMap(({ isOwn }, at) => (isOwn ? at : []));
  return own.length === length && (own.at(-1) ?? 0) - (own[0] ?? 0) === Math.max(0, length - 1);
}

describe('a range that is followed', () => {
  it('has all of its text and nothing else, whatever others change, until they change the text itself', () => {
    const step = fc.oneof(
      fc.record({ appended: fc.constantFrom('a', 'bc', 'd\n') }),
      fc.record({ at: fc.nat(40), length: fc.nat(3), text: fc.constantFrom('', 'x', 'yz', 'a') }),
    );
    let conflicts = 0;
    fc.assert(
      fc.property(fc.nat(10), fc.array(step, { maxLength: 20 }), (start, steps) => {
        let document = [...lettersOf('0123456789'.slice(0, start), false), ...lettersOf('me', true)];
        document = [...document, ...lettersOf('9876543210'.slice(start), false)];
        const range = createTrackedRange(start, start + 2);
        let own = 'me';
        for (const each of steps) {
          const isAppended = 'appended' in each;
          const change = isAppended
            ? { rangeOffset: range.end, rangeLength: 0, text: each.appended }
            : { rangeOffset: Math.min(each.at, document.length), rangeLength: each.length, text: each.text };
          document = changed(document, change, isAppended);
          if (isAppended) own += each.appended;
          const found = range.follow([change], isAppended ? each.appended : undefined);
          const isConflict = !isWhole(document, own.length);
          assert.deepEqual(found, { isAppended, isConflict });
          assert.ok(range.start >= 0 && range.start <= range.end && range.end <= document.length);
          const inside = document.slice(range.start, range.end);
          assert.equal(
            inside.filter(({ isOwn }) => isOwn).length,
            document.filter(({ isOwn }) => isOwn).length,
          );
          if (isConflict) {
            conflicts += 1;
            return;
          }
          assert.equal(inside.map(({ text }) => text).join(''), own);
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(conflicts > 50, 'conflicts are tried, too');
  });

  const changes: [what: string, change: TextChange, start: number, end: number, isConflict: boolean][] = [
    ['text before it', { rangeOffset: 0, rangeLength: 0, text: 'ab' }, 12, 17, false],
    ['text at its start', { rangeOffset: 10, rangeLength: 0, text: 'ab' }, 12, 17, false],
    ['text at its end', { rangeOffset: 15, rangeLength: 0, text: 'ab' }, 10, 15, false],
    ['text behind it', { rangeOffset: 16, rangeLength: 3, text: '' }, 10, 15, false],
    ['what ends where it starts', { rangeOffset: 8, rangeLength: 2, text: 'a' }, 9, 14, false],
    ['text within', { rangeOffset: 12, rangeLength: 0, text: 'ab' }, 10, 17, true],
    ['its first character', { rangeOffset: 10, rangeLength: 1, text: 'a' }, 10, 15, true],
    ['its beginning and more', { rangeOffset: 8, rangeLength: 4, text: 'a' }, 9, 12, true],
    ['its end and more', { rangeOffset: 13, rangeLength: 4, text: 'a' }, 10, 13, true],
    ['all of it', { rangeOffset: 10, rangeLength: 5, text: '' }, 10, 10, true],
    ['more than it', { rangeOffset: 5, rangeLength: 20, text: 'abc' }, 8, 8, true],
  ];
  for (const [what, change, start, end, isConflict] of changes) {
    it(`${isConflict ? 'is in conflict with' : 'outlives'} a change of ${what}`, () => {
      const range = createTrackedRange(10, 15);
      assert.deepEqual(range.follow([change]), { isAppended: false, isConflict });
      assert.deepEqual([range.start, range.end], [start, end]);
    });
  }

  it('that is empty lets others write before it', () => {
    const range = createTrackedRange(4);
    range.follow([{ rangeOffset: 4, rangeLength: 0, text: 'abc' }]);
    assert.deepEqual([range.start, range.end], [7, 7]);
    assert.equal(range.follow([{ rangeOffset: 5, rangeLength: 4, text: '' }]).isConflict, true);
  });

  it('grows by what the document made of the line ends', () => {
    const range = createTrackedRange(4);
    const change = { rangeOffset: 4, rangeLength: 0, text: 'a\r\nb\r\n' };
    assert.deepEqual(range.follow([change], 'a\nb\n'), { isAppended: true, isConflict: false });
    assert.deepEqual([range.start, range.end], [4, 10]);
  });

  it('takes the changes of one event in their order, and what is added once', () => {
    const range = createTrackedRange(4, 6);
    const added = { rangeOffset: 6, rangeLength: 0, text: 'x' };
    const again = { ...added, rangeOffset: 7 };
    const found = range.follow([{ rangeOffset: 9, rangeLength: 1, text: '' }, added, again], 'x');
    assert.deepEqual(found, { isAppended: true, isConflict: false });
    assert.deepEqual([range.start, range.end], [4, 7]);
    const others = createTrackedRange(4, 6);
    others.follow([
      { rangeOffset: 8, rangeLength: 0, text: 'b' },
      { rangeOffset: 1, rangeLength: 0, text: 'a' },
    ]);
    assert.deepEqual([others.start, others.end], [5, 7]);
  });

  it('goes where its document says that both ends are now', () => {
    const range = createTrackedRange(4, 6);
    range.move((offset) => offset * 2);
    assert.deepEqual([range.start, range.end], [8, 12]);
  });
});
