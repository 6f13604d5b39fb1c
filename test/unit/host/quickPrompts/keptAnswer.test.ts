import assert from 'node:assert/strict';
import type { AnswerSink } from '../../../../src/host/quickPrompts/answerSink.ts';
import { KeptAnswer } from '../../../../src/host/quickPrompts/keptAnswer.ts';

function kept() {
  const calls: string[] = [];
  const sink: AnswerSink = {
    push: (text) => void calls.push(text),
    replace: (text) => void calls.push(`anew: ${text}`),
    end: async (ending) => {
      calls.push(ending);
      return { isEmpty: false };
    },
    onClosed: () => ({ dispose: () => undefined }),
    dispose: () => undefined,
  };
  const place = { id: 'a', title: '', prompt: '' };
  return { calls, answer: new KeptAnswer(place, sink, () => void calls.push('over')) };
}

describe('a kept answer', () => {
  it('begins with its first text, and gives no half of a character', async () => {
    const { calls, answer } = kept();
    for (const text of [' ', '\n', '  a', '\uD83D', '\uDE00b']) answer.push(text);
    await answer.end('answered');
    assert.deepEqual(calls, [' \n  a', '\uD83D\uDE00b', 'answered', 'over']);
    assert.equal(answer.text, ' \n  a\uD83D\uDE00b');
  });

  it('has nothing for its place while it is blank', async () => {
    const { calls, answer } = kept();
    answer.push(' \n');
    await answer.end('stopped');
    assert.deepEqual(calls, ['stopped', 'over']);
  });

  it('is what the room has, where that is another one', async () => {
    const { calls, answer } = kept();
    answer.push('half\uD83D');
    answer.replace('whole');
    await answer.end('answered');
    assert.deepEqual(calls, ['half', 'anew: whole', 'answered', 'over']);
    assert.equal(answer.text, 'whole');
  });
});
