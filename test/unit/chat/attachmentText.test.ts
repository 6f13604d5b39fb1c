import assert from 'node:assert/strict';
import { attachmentHeading } from '../../../src/chat/attachmentText.ts';

describe('the heading of an attachment', () => {
  for (const [text, lines] of [
    ['one', '3-3'],
    ['one\n', '3-3'],
    ['one\ntwo', '3-4'],
    ['one\r\ntwo\r\n', '3-4'],
    ['one\n\n', '3-4'],
    ['', '3-3'],
  ] as const) {
    it(`counts the lines of ${JSON.stringify(text)}`, () => {
      assert.equal(attachmentHeading({ name: 'a.ts', text, firstLine: 3 }), `a.ts, lines ${lines}`);
    });
  }
});
