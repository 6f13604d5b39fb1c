import assert from 'node:assert/strict';
import type { ChatMessage } from '../../../src/api/wire.ts';
import { fingerprint } from '../../../src/chat/fingerprint.ts';
import { findTurn, isMore, missingRest, restOf } from '../../../src/chat/roomTurn.ts';
import type { TurnOutcome, TurnRecord } from '../../../src/chat/turns.ts';

async function record(
  turn: number,
  prompt: string,
  outcome?: TurnOutcome,
  held = false,
): Promise<TurnRecord> {
  return {
    turn: `t${turn}`,
    conversation: 'c',
    connection: 'tachyon',
    room: 'ch_1',
    surface: 'participant',
    promptHash: await fingerprint(prompt),
    askedAt: new Date(turn * 1000).toISOString(),
    ...(outcome && { outcome }),
    ...(!held && outcome !== 'answered' && { prompt }),
  };
}

/** `u:text` is a prompt, `a:text` an answer, `i:` an image of a prompt. */
function messages(texts: readonly string[], times: readonly number[] = []): ChatMessage[] {
  return texts.map((text, i) => ({
    id: String(i),
    role: text.startsWith('a:') ? 'assistant' : 'user',
    text: text.slice(2),
    type: text.startsWith('i:') ? 'image' : 'text',
    ...(times[i] !== undefined && { created_at: new Date(times[i]).toISOString() }),
  }));
}

describe('a turn in its room', () => {
  const rooms: [what: string, texts: string[], times: number[], reply: string | undefined][] = [
    ['with its reply', ['u:one', 'a:1', 'u:p', 'a:2'], [], '2'],
    ['with an image before its reply', ['u:p', 'i:', 'a:2'], [], '2'],
    ['that is still being answered', ['u:one', 'a:1', 'u:p'], [], undefined],
    ['that was followed by another prompt', ['u:p', 'u:q', 'a:3'], [], undefined],
    ['that is not there', ['u:one', 'a:1'], [], 'missing'],
    ['listed newest first', ['a:2', 'u:p', 'a:1', 'u:one'], [4, 3, 2, 1], '2'],
    [
      'listed newest first, a prompt and its reply of one time',
      ['a:2', 'u:p', 'a:1', 'u:one'],
      [2, 2, 1, 1],
      '2',
    ],
    ['listed newest first without an order', ['a:2', 'u:p', 'a:1', 'u:one'], [], undefined],
    ['listed oldest first, all of one time', ['u:one', 'a:1', 'u:p', 'a:2'], [1, 1, 1, 1], '2'],
    ['with a thought before its reply', ['u:p', 'a:<think>hm</think>\n\n2'], [], '2'],
    ['with a blank reply', ['u:p', 'a: '], [], undefined],
  ];
  for (const [what, texts, times, reply] of rooms) {
    it(`is found ${what}`, async () => {
      const own = await record(2, 'p');
      const found = await findTurn(messages(texts, times), own, [await record(1, 'one', 'answered'), own]);
      assert.deepEqual(
        found,
        reply === 'missing' ? { isHeld: false } : { isHeld: true, ...(reply && { reply }) },
      );
    });
  }

  it('is told from others with the same prompt', async () => {
    const own = await record(3, 'p');
    const cases: [TurnRecord[], string[], string | undefined][] = [
      // Answered, so it is there; ours only if there are two.
      [[await record(1, 'p', 'answered')], ['u:p', 'a:1'], 'missing'],
      [[await record(1, 'p', 'answered')], ['u:p', 'a:1', 'u:p', 'a:2'], '2'],
      [[await record(1, 'p', 'interrupted', true)], ['u:p', 'a:1'], 'missing'],
      // Never there, or nobody knows: the newest is the likeliest.
      [[await record(1, 'p', 'refused')], ['u:p', 'a:1'], '1'],
      [[await record(1, 'p', 'stopped')], ['u:p', 'a:1'], '1'],
      // A later one of another window.
      [[await record(4, 'p', 'answered')], ['u:p', 'a:1', 'u:p', 'a:2'], '1'],
    ];
    for (const [others, texts, reply] of cases) {
      const found = await findTurn(messages(texts), own, others);
      assert.deepEqual(
        found,
        reply === 'missing' ? { isHeld: false } : { isHeld: true, reply },
        texts.join(),
      );
    }
  });

  it('has more than came, or not', () => {
    const cases: [string | undefined, string, boolean][] = [
      ['abc', 'ab', true],
      ['abc', '', true],
      ['abc', 'abc', false],
      ['abc', '\nabc \n', false],
      ['ab', 'abc', false],
      ['xyz', 'ab', true],
      [undefined, 'ab', false],
    ];
    for (const [reply, partial, more] of cases)
      assert.equal(isMore(reply, partial), more, `${reply} ${partial}`);
  });

  it('goes on where the partial ends', () => {
    assert.equal(restOf('abc', 'ab'), 'c');
    assert.equal(restOf('abc', '\n\nab'), 'c');
    assert.equal(restOf('a  c', 'a '), ' c');
    assert.equal(restOf('xabc', 'ab'), undefined);
  });

  it('lacks what is not shown, whatever else is', () => {
    const reply = 'The first sentence. The second one. The third.';
    const cases: [string, string | undefined][] = [
      ['', reply],
      ['The first sentence. The second', ' one. The third.'],
      ['> A note.\n\nThe first sentence. The second', ' one. The third.'],
      ['> A note.\n\nThe', undefined],
      ['Something else entirely, of another answer', undefined],
    ];
    for (const [shown, rest] of cases) assert.equal(missingRest(reply, shown), rest, shown);
    assert.equal(missingRest('go on go on go on end', '> Note\n\ngo on go on'), undefined);
  });
});
