import assert from 'node:assert/strict';
import { joinPieces, keptPieceOf } from '../../../src/chat/keptPieces.ts';

describe('the kept pieces of a reply', () => {
  it('make the reply up to what is missing, and a later one counts where two overlap', () => {
    const pieces = [
      { from: 0, text: 'One tow' },
      { from: 4, text: 'two' },
      { from: 7, text: ' three' },
      { from: 20, text: 'lost' },
      { from: 13, text: ' four' },
    ];
    assert.equal(joinPieces(pieces), 'One two three');
    assert.equal(joinPieces([]), '');
  });

  it('are what files hold, and nothing that begins nowhere', () => {
    assert.deepEqual(keptPieceOf({ from: 3, text: 'a', more: true }), { from: 3, text: 'a' });
    const others = [
      undefined,
      'a',
      [0, 'a'],
      { text: 'a' },
      { from: 0 },
      { from: -1, text: 'a' },
      { from: 0.5, text: 'a' },
    ];
    for (const value of others) assert.equal(keptPieceOf(value), undefined, JSON.stringify(value));
  });
});
