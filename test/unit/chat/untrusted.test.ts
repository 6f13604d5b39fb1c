import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cleanLabel, cleanName, escapeMarkdown, plainText } from '../../../src/chat/untrusted.ts';

describe('cleanName', () => {
  it('removes what makes a name look like another', () => {
    assert.equal(cleanName('good\u202Eexe.\u2066x\u2069\u200B\uFEFF\u00AD\u061C', 80), 'goodexe.x');
    assert.equal(cleanName('a\r\nb\u2028c\u0000d\u001b[31m', 80), 'a b cd[31m');
    assert.equal(cleanName('Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306', 80), 'Z\u0300\u0301\u0302\u0303');
    assert.equal(cleanName('\uD800x\uDC00', 80), 'x');
  });

  it('cuts in length, a text of megabytes too', () => {
    assert.equal(cleanName('abcdef', 4), 'abc…');
    assert.equal(cleanName('x'.repeat(5_000_000), 10).length, 10);
  });
});

/** Without the blanks that plainText puts in. */
function joined(text: string): string {
  return text.replaceAll(/(?<=[\]$]) (?=\()/g, '');
}

describe('escapeMarkdown', () => {
  const cases: [string, string][] = [
    ['[click](https://evil.example)', '\\[click\\](https\\://evil.example)'],
    ['![x](http://evil.example/i.png)', '\\!\\[x\\](http\\://evil.example/i.png)'],
    ['<b onclick=x>', '\\<b onclick=x\\>'],
    ['`code` *b* _i_ ~~s~~', '\\`code\\` \\*b\\* \\_i\\_ \\~\\~s\\~\\~'],
    ['see www.evil.example', 'see www\\.evil.example'],
    ['mail a@b.example', 'mail a\\@b.example'],
    ['# head', '\\# head'],
    ['1. item', '1\\. item'],
    ['- item', '\\- item'],
    ['$(icon) $x$ &lt;', '\\$(icon) \\$x\\$ \\&lt;'],
    ['two\nlines\r\n# x', 'two lines # x'],
    ['a | b', 'a \\| b'],
    [
      'Insufficient credits. Required: 130, available: 100',
      'Insufficient credits. Required: 130, available: 100',
    ],
  ];
  for (const [text, expected] of cases) {
    it(`makes ${JSON.stringify(text)} inert`, () => assert.equal(escapeMarkdown(text), expected));
  }

  it('leaves no line end, no bare markup and at most 500 characters, and can be taken back', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(...Array.from('ab1.[]()<>`*_~!$&@#|\\:/w-+= \n\u202E')),
      maxLength: 700,
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMarkdown(text);
        assert.doesNotMatch(escaped, /[\n\r\u202E]/);
        assert.doesNotMatch(escaped.replace(/\\[!-/:-@[-`{-~]/g, '·'), /[`*_~[\]<>&|$@{}!\\]|:\/\/|\bwww\./);
        const shown = plainText(escaped);
        assert.doesNotMatch(shown, /\]\(|\$\(/);
        assert.equal(joined(shown), joined(cleanName(text, 500)));
        assert.ok(cleanName(text, 500).length <= 500);
      }),
    );
  });
});

describe('cleanLabel', () => {
  it('leaves no icon in a label', () => {
    assert.equal(cleanLabel('$(verified)\u202E Trusted', 40), '$ (verified) Trusted');
  });
});

describe('plainText', () => {
  it('leaves no link and no icon for surfaces that show text as it is', () => {
    const hostile = escapeMarkdown('[Renew](command:workbench.action.quit) $(verified) ok');
    assert.equal(plainText(hostile), '[Renew] (command:workbench.action.quit) $ (verified) ok');
  });
});
