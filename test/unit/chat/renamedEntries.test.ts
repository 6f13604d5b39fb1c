import assert from 'node:assert/strict';
import { renamedEntries } from '../../../src/chat/renamedEntries.ts';

const entry = { kind: 'openai', headers: { 'X-Team': 'blue' } };

describe('the entries of connections', () => {
  it('keep their order when one is renamed, and lose nothing of it', () => {
    const cases: [Record<string, unknown>, string, string, Record<string, unknown>][] = [
      [{ a: 1, work: 2, b: 3 }, 'work', 'office', { a: 1, office: entry, b: 3 }],
      [{ a: 1, b: 3 }, 'work', 'office', { office: entry, a: 1, b: 3 }],
      [{ a: 1, tachyon: 2, b: 3 }, 'tachyon', 'work', { a: 1, work: entry, b: 3, tachyon: null }],
      [{}, 'tachyon', 'work', { work: entry, tachyon: null }],
      // Back to the name that is hidden.
      [{ work: 2, b: 3, tachyon: null }, 'work', 'tachyon', { tachyon: entry, b: 3 }],
      [{ tachyon: null, work: 2 }, 'work', 'tachyon', { tachyon: entry }],
    ];
    for (const [entries, from, to, expected] of cases) {
      const renamed = renamedEntries(entries, from, to, entry);
      assert.deepEqual(renamed, expected);
      assert.deepEqual(Object.keys(renamed), Object.keys(expected));
    }
  });
});
