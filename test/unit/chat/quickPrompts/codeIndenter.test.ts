import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { insertedText } from '../../../../src/chat/code/insertedText.ts';
import { createCodeIndenter } from '../../../../src/chat/quickPrompts/codeIndenter.ts';

/** Code that comes in these parts at a cursor. */
function indented(parts: readonly string[], before: string, after: string): string {
  const indenter = createCodeIndenter(before, after);
  return parts.map((part) => indenter.push(part)).join('') + indenter.end();
}

describe('code that streams to a cursor', () => {
  it('is what goes in at once, wherever it is cut, unless a line is indented less than the first', () => {
    const line = fc.tuple(
      fc.constantFrom('', '', '  ', '    ', '\t', '\t  '),
      fc.constantFrom('a', 'b {', '}  ', '', '', ' \t', 'c\u00a0', '\u00a0'),
      fc.constantFrom('\n', '\r\n', '\r'),
    );
    const codes = fc
      .tuple(
        fc.constantFrom('', '\n', '  \r\n'),
        fc.constantFrom('', '  ', '\t'),
        fc.array(line, { maxLength: 8 }),
      )
      .map(([blank, all, lines]) =>
        [blank, all, 'first', '\n', ...lines.map(([own, text, end]) => all + own + text + end)].join(''),
      );
    const places = fc.constantFrom(['', ''], ['    ', ''], ['\t', 'rest'], ['  ', ' '], ['  call(', ')']);
    fc.assert(
      fc.property(codes, places, fc.array(fc.nat(60)), (code, [before = '', after = ''], cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), Infinity];
        const parts = at.map((from, i) => code.slice(from, at[i + 1] ?? Infinity));
        const expected = insertedText(code, before, after);
        assert.equal(indented(parts, before, after), expected);
        assert.equal(indented(code.split(''), before, after), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the place of what has gone out when a line is indented less than the first', () => {
    const code = '    a\n      b\n  c\n    d';
    assert.equal(indented([code], '', ''), 'a\n  b\nc\n  d');
    assert.equal(insertedText(code, '', ''), '  a\n    b\nc\n  d');
  });

  it('that the model indented like the cursor’s line is not indented twice', () => {
    assert.equal(
      indented(['    if (a) {\n', '      b();\n    }\n'], '    ', ''),
      'if (a) {\n      b();\n    }',
    );
  });

  it('comes as soon as it is certain', () => {
    const indenter = createCodeIndenter('  ', '');
    const steps: [code: string, out: string][] = [
      ['\n', ''],
      ['if (a)', 'if (a)'],
      [' ', ''],
      ['{', ' {'],
      ['\n  ', ''],
      ['  b', '\n      b'],
      ['\r', ''],
      ['\n\n', ''],
      ['}', '\n\n  }'],
      ['\n\n', ''],
    ];
    for (const [code, out] of steps) assert.equal(indenter.push(code), out, JSON.stringify(code));
    assert.equal(indenter.end(), '');
  });

  it('is nothing where nothing is seen', () => {
    assert.equal(indented([' ', '\n'], '', 'rest'), '');
    assert.equal(indented([], '', 'rest'), '');
  });
});
