import assert from 'node:assert/strict';
import {
  parseRecentPrompts,
  type RecentPrompt,
  withRecentPrompt,
} from '../../../../src/chat/quickPrompts/recentPrompts.ts';

const typed = (text: string): RecentPrompt => ({ kind: 'typed', text });
const listed = (id: string): RecentPrompt => ({ kind: 'listed', id });

describe('the prompts that were asked', () => {
  it('are kept once each, the most recent first', () => {
    const asked = [typed('a'), listed('explain'), typed('b'), typed('a'), listed('a')];
    const kept = asked.reduce(withRecentPrompt, []);
    assert.deepEqual(kept, [listed('a'), typed('a'), typed('b'), listed('explain')]);
    assert.deepEqual(parseRecentPrompts(JSON.parse(JSON.stringify(kept))), kept);
  });

  it('are 50 at most', () => {
    const kept = Array.from({ length: 60 }, (_, i) => typed(`p${i}`)).reduce(withRecentPrompt, []);
    assert.equal(kept.length, 50);
    assert.deepEqual(kept[0], typed('p59'));
    assert.equal(parseRecentPrompts([...kept, ...kept, typed('x')]).length, 50);
  });

  it('are not too long, one by one and together', () => {
    assert.deepEqual(withRecentPrompt([typed('a')], typed('x'.repeat(100_001))), [typed('a')]);
    const long = Array.from({ length: 8 }, (_, i) => typed(String(i).repeat(90_000)));
    assert.equal(parseRecentPrompts(long).length, 5);
    assert.deepEqual(parseRecentPrompts([listed('x'.repeat(1001))]), []);
  });

  it('are only those that were kept as such', () => {
    for (const kept of [undefined, null, 'a', { 0: typed('a') }])
      assert.deepEqual(parseRecentPrompts(kept), []);
    const wrong = [
      null,
      1,
      [],
      {},
      { kind: 'typed' },
      { kind: 'typed', text: ' ' },
      { kind: 'listed', id: 7 },
    ];
    const more = { kind: 'typed', text: 'a', model: 'evil' };
    assert.deepEqual(parseRecentPrompts([...wrong, more]), [typed('a')]);
  });
});
