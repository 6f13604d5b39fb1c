import assert from 'node:assert/strict';
import type { AnswerSink } from '../../../../src/host/quickPrompts/answerSink.ts';
import { SteadySink } from '../../../../src/host/quickPrompts/steadySink.ts';

function steady() {
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
  return { calls, answer: new SteadySink(sink, () => void calls.push('over')) };
}

describe('an answer on its way to its place', () => {
  it('begins with its first text, and gives no half of a character', async () => {
    const { calls, answer } = steady();
    for (const text of [' ', '\n', '  a', '\uD83D', '\uDE00b']) answer.push(text);
    await answer.end('answered');
    assert.deepEqual(calls, [' \n  a', '\uD83D\uDE00b', 'answered', 'over']);
  });

  it('has nothing for its place while it is blank', async () => {
    const { calls, answer } = steady();
    answer.push(' \n');
    await answer.end('stopped');
    assert.deepEqual(calls, ['stopped', 'over']);
  });

  it('is what the room has, where that is another one', async () => {
    const { calls, answer } = steady();
    answer.push('half\uD83D');
    answer.replace('whole');
    await answer.end('answered');
    assert.deepEqual(calls, ['half', 'anew: whole', 'answered', 'over']);
  });
});
