import assert from 'node:assert/strict';
import type { ChatMessage } from '../../../src/api/wire.ts';
import { certainOrder, oldestMessagesFirst } from '../../../src/chat/messageOrder.ts';

/** Messages as `u1` and `a1`: who wrote them, and in which second. */
function messages(...list: readonly string[]): ChatMessage[] {
  return list.map((each, index) => ({
    id: String(index),
    role: each.startsWith('u') ? 'user' : 'assistant',
    type: 'text',
    text: each,
    ...(each.length > 1 && { created_at: `2026-11-21T12:00:0${each.slice(1)}Z` }),
  }));
}

function texts(list: readonly ChatMessage[] | undefined): string | undefined {
  return list?.map(({ text }) => text).join(' ');
}

describe('the order of a room’s messages', () => {
  const rows: readonly (readonly [
    name: string,
    list: string,
    oldest: string,
    certain: string | undefined,
  ])[] = [
    ['oldest first', 'u1 a2 u3 a4', 'u1 a2 u3 a4', 'u1 a2 u3 a4'],
    ['newest first', 'a4 u3 a2 u1', 'u1 a2 u3 a4', 'u1 a2 u3 a4'],
    ['newest first, turns of one second each', 'a2 u2 a1 u1', 'u1 a1 u2 a2', 'u1 a1 u2 a2'],
    ['all of one second, an answer last', 'u1 a1 u1 a1', 'u1 a1 u1 a1', 'u1 a1 u1 a1'],
    ['all of one second, a prompt last', 'a1 u1 a1 u1', 'a1 u1 a1 u1', undefined],
    ['a time is missing', 'a2 u2 a1 u', 'a2 u2 a1 u', undefined],
    ['without times, an answer last', 'u a', 'u a', 'u a'],
  ];
  for (const [name, list, oldest, certain] of rows) {
    it(`is found: ${name}`, () => {
      const given = messages(...list.split(' '));
      assert.equal(texts(oldestMessagesFirst(given)), oldest);
      assert.equal(texts(certainOrder(given)), certain);
    });
  }

  it('is none of no messages', () => {
    assert.deepEqual(oldestMessagesFirst([]), []);
  });
});
