import assert from 'node:assert/strict';
import { attachmentBudget, outgoing, type ReadText } from '../../../../src/chat/attachments/outgoing.ts';
import { estimateTokens } from '../../../../src/chat/tokenEstimate.ts';

const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

function read(id: string, text: string, sendsSecrets = false): ReadText {
  return { id, name: `${id}.txt`, text, sendsSecrets };
}

describe('attachments that go out', () => {
  it('are masked, unless the person sends their secrets, which are shown nowhere', () => {
    const [masked, open] = [
      outgoing([read('a', `key ${secret}`)], undefined),
      outgoing([read('a', `key ${secret}`, true)], undefined),
    ];
    assert.equal(masked.text.includes(secret), false);
    assert.equal(masked.text, masked.shownText);
    assert.equal(open.text.includes(secret), true);
    assert.equal(open.shownText, masked.text);
    assert.deepEqual([masked.texts[0]?.secrets, open.texts[0]?.secrets], [1, 1]);
  });

  it('show nothing of a secret that goes out and is cut in its middle', () => {
    const line = `${'word '.repeat(400)}key = ${secret}${' tail'.repeat(400)}`;
    const whole = outgoing([read('a', line, true)], undefined);
    for (let budget = 300; budget < 700; budget += 5) {
      const { text, shownText } = outgoing([read('a', line, true)], budget);
      const sent = /key = (ghp_\w{8,})/.exec(text)?.[1];
      if (sent !== undefined) assert.equal(shownText.includes(sent), false, String(budget));
    }
    assert.ok(whole.text.includes(secret));
  });

  it('go whole into a window that nobody tells, and are cut to fit one that is known', () => {
    const long = Array.from({ length: 2000 }, (_, line) => `line ${line} of a long file`).join('\n');
    const texts = [read('long', long), read('short', 'one line')];
    assert.ok(outgoing(texts, undefined).text.includes('line 1999 of'));
    const cut = outgoing(texts, 1000);
    assert.ok(estimateTokens(cut.text) <= 1000, String(estimateTokens(cut.text)));
    assert.ok(cut.text.includes('one line'));
    assert.deepEqual(
      cut.texts.map(({ linesLeftOut }) => linesLeftOut > 0),
      [true, false],
    );
  });

  it('leave the window to the conversation and the prompt first', () => {
    assert.equal(attachmentBudget(undefined, 10, 'prompt'), undefined);
    assert.equal(attachmentBudget(100, 60, 'prompt'), 40 - estimateTokens('prompt'));
    assert.equal(attachmentBudget(100, 600), 0);
  });

  it('keep their order, and tell what cannot go', () => {
    const part = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } } as const;
    const out = outgoing(
      [read('b', '2'), { id: 'i', part }, { id: 'x', problem: 'Gone.' }, read('a', '1')],
      2000,
    );
    assert.equal(
      out.text,
      'b.txt:\n```text attachment 1 of 2\n2\n```\n\na.txt:\n```text attachment 2 of 2\n1\n```',
    );
    assert.deepEqual(out.media, [part]);
    assert.deepEqual(out.problems, [{ id: 'x', problem: 'Gone.' }]);
  });
});
