import assert from 'node:assert/strict';
import { docStyle } from '../../../../src/chat/quickPrompts/docStyle.ts';

describe('docStyle', () => {
  it('names the style of a language, and something sensible for any other', () => {
    assert.equal(docStyle('python'), 'PEP 257 docstrings');
    assert.match(docStyle('rust'), /^rustdoc/);
    for (const unknown of ['plaintext', 'toString', '__proto__', ''])
      assert.equal(docStyle(unknown), 'the usual comments of the language', unknown);
  });
});
