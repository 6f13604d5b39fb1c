import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createFencedCode } from '../../../../src/chat/quickPrompts/fencedCode.ts';

interface Read {
  readonly code: string;
  readonly info: string | undefined;
  readonly isFenced: boolean;
  readonly isClosed: boolean;
  readonly other: string;
}

/** What an answer that comes in these parts is read as. */
function read(parts: readonly string[], isWhole = true): Read {
  const reader = createFencedCode();
  const pushed = parts.map((part) => reader.push(part)).join('');
  const { rest, ...ending } = reader.end(isWhole);
  return { code: pushed + rest, info: reader.info, ...ending };
}

describe('the code of an answer', () => {
  const answers: [what: string, answer: string, code: string, other?: string][] = [
    ['in a fence', '```ts\nlet a;\n  b();\n```', 'let a;\n  b();\n'],
    ['in a fence with a line end after it', '```ts\na\n```\n', 'a\n'],
    ['between prose', 'Here it is:\n\n```ts\na\n```\nIt is short.', 'a\n', 'Here it is:\n\nIt is short.'],
    ['before another block', '```\na\n```\n\n```\nb\n```', 'a\n', '```\nb\n```'],
    ['in tildes', '~~~py\na\n```\nb\n```\n~~~', 'a\n```\nb\n```\n'],
    ['in a longer fence', '````md\n```\na\n```\n````', '```\na\n```\n'],
    ['closed by a longer fence', '```\na\n`````  ', 'a\n'],
    ['in an indented fence', '   ```\n   a\n     b\n c\n   ```', 'a\n  b\nc\n'],
    ['in a list', '1. So:\n   ```ts\n   a\n   ```', 'a\n', '1. So:'],
    ['behind a bullet', '- ```ts\n  a\n  ```', 'a\n'],
    ['in a quote', '> ```ts\n> a\n>   b\n> ```', 'a\n  b\n'],
    ['with an example in it', '```md\n# A\n```js\na\n```\nend\n```', '# A\n```js\na\n```\nend\n'],
    [
      'with an example in a comment',
      '```ts\n/**\n * ```ts\n * a\n * ```\n */\n```',
      '/**\n * ```ts\n * a\n * ```\n */\n',
    ],
    [
      'with an example in a docstring',
      '```py\n    """\n    ```\n    a\n    ```\n```',
      '    """\n    ```\n    a\n    ```\n',
    ],
    ['with a line of two marks', '```\n``\n`a`\n```', '``\n`a`\n'],
    ['with a template that ends a line', '```ts\nconst a = `\n`;\n```', 'const a = `\n`;\n'],
    ['with marks behind marks', '```\n```a```\n```', '```a```\n'],
    ['with blank lines', '```\n\n  \na\n\n```', '\n  \na\n\n'],
    ['that is empty', '```ts\n```', ''],
  ];
  for (const [what, answer, code, other = ''] of answers) {
    it(`${what} is the same wherever it is cut, and with any line ends`, () => {
      for (const end of ['\n', '\r\n', '\r']) {
        const text = answer.replaceAll('\n', end);
        const cuts = text.split('').map((_, at) => [text.slice(0, at), text.slice(at)]);
        for (const parts of [...cuts, text.split('')]) {
          const { info: _, ...found } = read(parts);
          const more = other.includes('```') ? { hasMore: true } : {};
          const expected = { code, isFenced: true, isClosed: true, other, ...more };
          assert.deepEqual(found, expected, JSON.stringify(parts));
        }
      }
    });
  }

  it('is all of it where no fence comes', () => {
    for (const answer of ['let a;\nb();\n', '', 'a `b` c', 'const a = `\n`', '\n']) {
      assert.deepEqual(read(answer.split('')), {
        code: answer,
        info: undefined,
        isFenced: false,
        isClosed: false,
        other: '',
      });
    }
  });

  it('comes at once behind an opening fence, but for what may close it', () => {
    const steps: [text: string, code: string][] = [
      ['``', ''],
      ['`t', ''],
      ['s', ''],
      ['\r', ''],
      ['\nlet', 'let'],
      [' a', ' a'],
      ['\n', '\n'],
      ['  ', ''],
      ['b', '  b'],
      ['\n`', '\n'],
      ['`', ''],
      ['c', '``c'],
      ['\n```', '\n'],
      ['x', '```x'],
      ['\n``', '\n'],
      ['`\n', '```\n'],
      ['```', ''],
      ['\n', ''],
      ['bye', ''],
    ];
    const reader = createFencedCode();
    for (const [text, code] of steps) assert.equal(reader.push(text), code, JSON.stringify(text));
    assert.equal(reader.info, 'ts');
    assert.deepEqual(reader.end(true), { rest: '', isFenced: true, isClosed: true, other: 'bye' });
  });

  it('of a stopped answer is what came, without half a fence', () => {
    const stopped: [answer: string, code: string, isFenced: boolean][] = [
      ['```ts\na\n``', 'a\n', true],
      ['```ts\na\n  `', 'a\n', true],
      ['````ts\na\n```', 'a\n', true],
      ['```ts\na', 'a', true],
      ['```ts\na\n  ', 'a\n  ', true],
      ['```ts\na\n', 'a\n', true],
      ['```ts', '', true],
      ['```ts\n```js\na\n``', '```js\na\n', true],
      ['```ts\n```js\na\n```', '```js\na\n```', true],
      ['``', '', false],
      ['Here:\n``', 'Here:\n', false],
    ];
    for (const [answer, code, isFenced] of stopped) {
      const found = read(answer.split(''), false);
      assert.deepEqual([found.code, found.isFenced, found.isClosed], [code, isFenced, false], answer);
    }
    assert.equal(read(['```\na\n```'], false).isClosed, true);
  });

  it('does not depend on where any answer is cut', () => {
    const words = [
      '```',
      '``',
      '`',
      '~~~',
      '````',
      'ts',
      'a',
      ' ',
      '   ',
      '\t',
      '\n',
      '\r\n',
      '\r',
      '> ',
      '- ',
    ];
    const texts = fc.array(
      fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((some) => some.join('')),
      {
        maxLength: 16,
      },
    );
    fc.assert(
      fc.property(texts, fc.boolean(), fc.boolean(), (some, opens, isWhole) => {
        const parts = opens ? ['```ts\n', ...some] : some;
        const whole = parts.join('');
        assert.deepEqual(read(parts, isWhole), read([whole], isWhole));
        assert.deepEqual(read(whole.split(''), isWhole), read([whole], isWhole));
      }),
      { numRuns: 500 },
    );
  });

  it('is given back unchanged by any fence that is long enough', () => {
    const code = fc
      .array(fc.constantFrom('```', '```js', '``', 'let a', '  b', '', '~~~', '\tc', '`'), { maxLength: 12 })
      .map((some) => some.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(code, fc.constantFrom('````', '~~~~'), (text, marker) => {
        const found = read(`${marker}x\n${text}${marker}`.split(''));
        assert.deepEqual([found.code, found.isClosed], [text, true]);
      }),
      { numRuns: 200 },
    );
  });

  it('takes as long as it is, however it is cut', () => {
    const reader = createFencedCode();
    const blanks = ' '.repeat(50_000);
    reader.push('```\n');
    const got = blanks
      .split('')
      .map((blank) => reader.push(blank))
      .join('');
    assert.ok(got.length > 40_000, 'so many blanks are no fence');
    assert.equal(got + reader.end(true).rest, blanks);
  });
});
