import assert from 'node:assert/strict';
import { promptHistory, SentPrompts } from '../../../../src/chat/panel/promptHistory.ts';

describe('the history of prompts', () => {
  it('ends with those of the room, and has those of other rooms before them', () => {
    assert.deepEqual(promptHistory(['a', 'b'], ['x', 'b', 'y']), ['x', 'y', 'a', 'b']);
  });

  it('has no prompt that follows itself, and none without a text', () => {
    assert.deepEqual(promptHistory(['a', 'a', '', 'b', ' ', 'b', 'a'], ['x', 'x']), ['x', 'a', 'b', 'a']);
  });

  it('goes back a hundred prompts of the room, and as many of others', () => {
    const numbers = Array.from({ length: 150 }, (_, i) => i);
    const prompts = promptHistory(
      numbers.map((i) => `a${i}`),
      numbers.map((i) => `x${i}`),
    );
    assert.deepEqual([prompts.length, prompts[0], prompts[100], prompts.at(-1)], [200, 'x50', 'a50', 'a149']);
  });

  it('leaves out what is too long to be told a page, the oldest first', () => {
    const long = 'l'.repeat(300_000);
    assert.deepEqual(promptHistory([`${long}1`, `${long}2`, 'new'], []), [`${long}2`, 'new']);
  });

  it('of a window moves a prompt that is sent again to the end', () => {
    const sent = new SentPrompts();
    for (const prompt of ['a', 'b', 'a']) sent.add(prompt);
    assert.deepEqual(sent.all, ['b', 'a']);
  });
});
