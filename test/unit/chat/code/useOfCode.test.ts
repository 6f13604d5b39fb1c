import assert from 'node:assert/strict';
import { codeLanguage } from '../../../../src/chat/code/codeLanguage.ts';
import { insertedText } from '../../../../src/chat/code/insertedText.ts';
import { terminalText } from '../../../../src/chat/code/terminalText.ts';

describe('code that is inserted', () => {
  it('has the indentation of the cursor’s line, and its own within', () => {
    assert.equal(insertedText('if (a) {\n  b();\n\n}\n', '    ', ''), 'if (a) {\n      b();\n\n    }');
    assert.equal(insertedText('  a\n    b\n', '\t', ''), 'a\n\t  b');
    assert.equal(insertedText('a\nb\n', '', ''), 'a\nb');
    assert.equal(insertedText('x', '  call(', ')'), 'x');
    assert.equal(insertedText('{\n  a\n}\n', '  call(', ')'), '{\n    a\n  }');
  });

  it('gets lines of its own before what stands there', () => {
    assert.equal(insertedText('a\r\nb\r\n', '  ', 'rest'), 'a\n  b\n  ');
    assert.equal(insertedText('\n \na\n\n', '', 'rest'), 'a\n');
  });

  it('may hold very many blanks', () => {
    const code = `a${' '.repeat(200_000)}b`;
    assert.equal(insertedText(code, '', ''), code);
  });
});

describe('code that a terminal gets', () => {
  it('is what is seen: no control, bidi or invisible characters', () => {
    const hostile = '\u001b[2Jls\u0003 -l\u202E\u200B\u{E0041}\u2028 # ok\u0000\u0008\r\n';
    assert.deepEqual(terminalText(hostile), ['[2Jls -l # ok']);
    assert.deepEqual(terminalText('a\rb\u0085c'), ['a', 'bc']);
    assert.deepEqual(terminalText('if x; then\n\techo\nfi'), ['if x; then', '  echo', 'fi']);
  });

  it('is only what was typed in a recorded session', () => {
    assert.deepEqual(terminalText('$ npm test\n> running\n12 passed\n$ echo $HOME\n'), [
      'npm test',
      'echo $HOME',
    ]);
    assert.deepEqual(terminalText('me@host:~/a$ ls\na b\n'), ['ls']);
    assert.deepEqual(terminalText('PS C:\\a> dir\n'), ['dir']);
    assert.deepEqual(terminalText('# First:\n$ npm ci\nadded 1\n'), ['npm ci']);
    assert.deepEqual(terminalText('$ echo a \\\n> b \\\n  c\na b c \\\nd\n$ ls\n'), [
      'echo a \\',
      'b \\',
      '  c',
      'ls',
    ]);
    assert.deepEqual(terminalText('echo 1\n$ not a prompt\n'), ['echo 1', '$ not a prompt']);
  });

  it('is nothing for blank code, and not told where it is too much to read', () => {
    assert.deepEqual(terminalText('\n \u200B\n'), []);
    assert.equal(terminalText('ls\n'.repeat(41)), undefined);
    assert.equal(terminalText('x'.repeat(4001)), undefined);
    assert.equal(terminalText('ls\n'.repeat(40))?.length, 40);
  });
});

describe('the language of code', () => {
  for (const [info, language] of [
    ['ts', 'typescript'],
    ['TSX', 'typescriptreact'],
    ['bash title="a.sh"', 'shellscript'],
    ['{.py}', 'python'],
    ['rust,ignore', 'rust'],
    ['ts:src/a.ts', 'typescript'],
    ['c++', 'cpp'],
    ['', 'plaintext'],
    ['src/a.ts', 'plaintext'],
    ['constructor', 'constructor'],
  ] as const) {
    it(`is ${language} for “${info}”`, () => assert.equal(codeLanguage(info), language));
  }
});
