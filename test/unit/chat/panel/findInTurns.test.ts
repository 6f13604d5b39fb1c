import assert from 'node:assert/strict';
import { findInTurns } from '../../../../src/chat/panel/findInTurns.ts';

const turns = [
  { prompt: 'Where is the Needle?', reply: 'A needle, a NEEDLE.' },
  { prompt: 'aaaa', reply: '' },
];

describe('finding in turns', () => {
  it('finds every place in order, capitals or not', () => {
    assert.deepEqual(findInTurns(turns, 10, 'needle', 100), [
      { turn: 10, part: 'prompt', occurrence: 0 },
      { turn: 10, part: 'reply', occurrence: 0 },
      { turn: 10, part: 'reply', occurrence: 1 },
    ]);
  });

  it('counts pieces that overlap once, and takes the query as it is', () => {
    assert.equal(findInTurns(turns, 0, 'aa', 100).length, 2);
    assert.deepEqual(findInTurns(turns, 0, 'a.', 100), []);
  });

  it('ends at the limit, and finds nothing of nothing', () => {
    assert.equal(findInTurns(turns, 0, 'e', 3).length, 3);
    assert.deepEqual(findInTurns(turns, 0, '', 3), []);
  });
});
