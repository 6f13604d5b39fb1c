import assert from 'node:assert/strict';
import type { AnswerEnding } from '../../../../src/host/quickPrompts/answerSink.ts';
import { standInForVscode } from '../vscodeFiles.ts';

standInForVscode();
const { CommitMessageSink } = await import('../../../../src/host/quickPrompts/sinks/commitMessageSink.ts');

const message = 'fix: begin when ready\n\nIt began too early.';

async function write(before: string, text: string, ending: AnswerEnding, typed = '') {
  const inputBox = { value: before };
  const sink = new CommitMessageSink({ inputBox }, { title: 'Continue', run: () => undefined });
  sink.push(text.slice(0, 20));
  inputBox.value += typed;
  sink.push(text.slice(20));
  const result = await sink.end(ending);
  sink.dispose();
  return [inputBox.value, result.isEmpty, result.problem] as const;
}

describe('an answer that becomes the commit message', () => {
  it('takes the place of what stands there, without a fence', async () => {
    assert.deepEqual(await write('', `\`\`\`\n${message}\n\`\`\`\n`, 'answered'), [
      message,
      false,
      undefined,
    ]);
    assert.deepEqual(await write('wip', message, 'answered'), [message, false, undefined]);
  });

  it('stays as far as it has come when it is stopped', async () => {
    assert.deepEqual(await write('wip', message.slice(0, 30), 'stopped'), [
      message.slice(0, 30),
      false,
      undefined,
    ]);
  });

  it('leaves what stood there where it fails or is empty', async () => {
    assert.deepEqual(await write('wip', message, 'failed'), ['wip', true, undefined]);
    assert.deepEqual(await write('wip', ' ', 'answered'), ['wip', true, undefined]);
  });

  it('leaves what stood there where the model takes it back', async () => {
    const inputBox = { value: 'wip' };
    const sink = new CommitMessageSink({ inputBox }, { title: 'Continue', run: () => undefined });
    sink.push('I cannot do that.');
    sink.replace('');
    assert.deepEqual(await sink.end('answered'), { isEmpty: true });
    assert.equal(inputBox.value, 'wip');
    sink.dispose();
  });

  it('is not mixed with what a person types meanwhile', async () => {
    const [value, , problem] = await write('', message, 'answered', '!');
    assert.equal(value, `${message.slice(0, 20)}!`);
    assert.match(problem ?? '', /was edited/);
  });
});
