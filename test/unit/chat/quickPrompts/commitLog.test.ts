import assert from 'node:assert/strict';
import { commitLog } from '../../../../src/chat/quickPrompts/commitLog.ts';

describe('the last commits, as a model sees them', () => {
  it('are their subjects, with the bodies that they have', () => {
    const first = 'feat: one\r\n\r\n- why\r\n\r\n- and what\u202e for\r\n';
    assert.equal(commitLog([first, 'fix: two', '\n']), 'feat: one\n    - why\n    - and what for\nfix: two');
    assert.equal(commitLog([]), '');
  });

  it('are short, however much somebody wrote', () => {
    const [subject = '', ...body] = commitLog([`${'s'.repeat(1000)}\n\n${'line\n'.repeat(1000)}`]).split(
      '\n',
    );
    assert.equal(subject.length, 200);
    assert.deepEqual(body, [...Array<string>(8).fill('    line'), '    …']);
  });

  it('tell nobody’s address', () => {
    const trailers = ['Signed-off-by: A B <a@example.com>', 'Co-authored-by: C <c@example.com>'];
    assert.equal(commitLog([['a', '', 'Why: so.', ...trailers].join('\n')]), 'a\n    Why: so.');
  });
});
