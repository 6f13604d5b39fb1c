import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  type AnswerText,
  codeAnswer,
  isProse,
  markdownAnswer,
  proseAnswer,
  withLineEnd,
  withRemark,
} from '../../../../src/chat/quickPrompts/answerText.ts';

function read(answer: AnswerText, text: string, { isWhole = true, size = text.length } = {}) {
  let out = '';
  for (let at = 0; at < text.length; at += size) out += answer.push(text.slice(at, at + size));
  const { rest, doubt } = answer.end(isWhole);
  return [out + rest, doubt, answer.info] as const;
}

describe('what of an answer goes to its place', () => {
  it('is the first block of code, indented', () => {
    const text = 'So:\n```js\na(\n  1,\n)\n```\nDone.';
    assert.deepEqual(read(codeAnswer('  ', ''), text), ['a(\n    1,\n  )', undefined, 'js']);
  });

  it('is no code of which it is not known that it is code, or whole', () => {
    assert.deepEqual(read(codeAnswer('', ''), 'I think', { isWhole: false }), ['', 'noCode', undefined]);
    assert.deepEqual(read(codeAnswer('', ''), 'So:\n```js\n', { isWhole: false }), ['', 'noCode', 'js']);
    assert.deepEqual(read(codeAnswer('', ''), ' \n', { isWhole: false }), ['', undefined, undefined]);
    assert.deepEqual(read(codeAnswer('', ''), 'a()'), ['a()', 'noBlock', undefined]);
    assert.deepEqual(read(codeAnswer('', ''), '```\na()\n'), ['a()', 'openFence', '']);
    const both = '```\na()\n```\nand\n```\nb()\n```';
    assert.deepEqual(read(codeAnswer('', ''), both), ['a()', 'moreCode', '']);
    assert.deepEqual(read(codeAnswer('', ''), '```\na()\n``', { isWhole: false }), ['a()', undefined, '']);
  });

  it('is text as it is, without blanks at its ends and a fence around it', () => {
    const cases: [string, string][] = [
      ['\n One\r\ntwo \n', 'One\ntwo'],
      ['```markdown\n# One\n```\n', '# One'],
      ['~~~\nfix: it\n~~~', 'fix: it'],
      ['```sh\nls\n```\nThen look.', '```sh\nls\n```\nThen look.'],
      ['``', '``'],
      ['` code` first', '` code` first'],
      [' ', ''],
    ];
    for (const [text, expected] of cases) assert.equal(read(proseAnswer(), text)[0], expected, text);
  });

  it('is a block of text that it begins with, and what follows that is told', () => {
    const text = '```\nnpm start\n```\n\nThen look.\n\n```\nnpm test\n```';
    assert.deepEqual(read(proseAnswer(), text), ['npm start', 'moreText', '']);
    assert.deepEqual(read(proseAnswer(), text.slice(0, 30)), ['npm start', 'moreText', '']);
    assert.deepEqual(read(proseAnswer(), '```\nnpm start\n```\n'), ['npm start', undefined, '']);
  });

  it('is the same however the answer was cut', () => {
    const readers = [
      () => proseAnswer(),
      () => withLineEnd(codeAnswer('\t', 'x')),
      () => withLineEnd(markdownAnswer()),
      () => withRemark(withLineEnd(markdownAnswer()), '> Half'),
    ];
    const pieces = fc.constantFrom('```', '~~~', '`', '\n', '\r\n', ' ', 'md', 'word', '    ', '<b>');
    fc.assert(
      fc.property(fc.array(pieces), fc.integer({ min: 1, max: 7 }), fc.boolean(), (texts, size, isWhole) => {
        const text = texts.join('');
        for (const reader of readers) {
          assert.deepEqual(read(reader(), text, { size, isWhole }), read(reader(), text, { isWhole }));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gets a line end at the end, if there is anything', () => {
    for (const [text, expected] of [
      ['a', 'a\n'],
      ['a\n', 'a\n'],
      ['', ''],
    ] as const)
      assert.equal(read(withLineEnd(markdownAnswer()), text)[0], expected);
  });

  it('says at its end that it is not whole, in no code', () => {
    for (const [text, expected] of [
      ['a', 'a\n\n> Half'],
      ['a\n', 'a\n\n> Half'],
      ['a\n\n```js\nb', 'a\n\n```js\nb\n```\n\n> Half'],
      ['- a\n  ~~~~\n', '- a\n  ~~~~\n  ~~~~\n\n> Half'],
      ['```\nb\n```', '```\nb\n```\n\n> Half'],
      ['', undefined],
    ] as const) {
      const half = read(withRemark(withLineEnd(markdownAnswer()), '> Half'), text, {
        isWhole: false,
        size: 1,
      });
      assert.equal(half[0], expected === undefined ? '' : `${expected}\n`);
      const whole = read(withRemark(withLineEnd(markdownAnswer()), '> Half'), text);
      assert.doesNotMatch(whole[0], /Half/);
    }
  });

  it('depends on whether a document is for people', () => {
    assert.deepEqual(['markdown', 'typescript'].map(isProse), [true, false]);
  });
});
