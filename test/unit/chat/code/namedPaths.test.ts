import assert from 'node:assert/strict';
import { namedPaths, withoutPathComment } from '../../../../src/chat/code/namedPaths.ts';

const none = { code: 'let a = 1;\n', info: 'ts', before: '' };

function inInfo(info: string): readonly string[] | undefined {
  const named = namedPaths({ ...none, info });
  if (named) assert.equal(named.source, 'info');
  return named?.paths;
}

function inComment(line: string): readonly string[] | undefined {
  const named = namedPaths({ ...none, code: `${line}\nlet a = 1;\n` });
  if (named) assert.equal(named.source, 'comment');
  return named?.paths;
}

function above(before: string): readonly string[] | undefined {
  const named = namedPaths({ ...none, before });
  if (named) assert.equal(named.source, 'above');
  return named?.paths;
}

function diff(names: string): string {
  return `${names}\n@@ -1 +1 @@\n-a\n+b\n`;
}

describe('the file that a block of code names', () => {
  for (const info of [
    'ts:src/a.ts',
    'ts:./src/a.ts',
    'src/a.ts',
    'ts src/a.ts',
    'ts title="src/a.ts"',
    "ts {title='src/a.ts'}",
    'ts file=src/a.ts',
    'ts filename=src\\a.ts',
    '12:40:src/a.ts',
    'ts:12:40:src/a.ts',
  ]) {
    it(`stands in ${info}`, () => assert.deepEqual(inInfo(info), ['src/a.ts']));
  }

  for (const info of [
    '',
    'ts',
    'c++',
    'ts twoslash',
    'js {1,3-5}',
    'ts:../a.ts',
    'ts:src/../../a.ts',
    'ts title="a/../../b.ts"',
    'ts https://example.com/a.ts',
    'ts:https://example.com/a.ts',
    'ts title="a\u0000b.ts"',
    'ts title="a\u202Eb.ts"',
    `ts:${'a'.repeat(400)}.ts`,
    'ts:folder/',
  ]) {
    it(`does not stand in ${JSON.stringify(info.slice(0, 40))}`, () => assert.equal(inInfo(info), undefined));
  }

  for (const line of [
    '// src/a.ts',
    '# src/a.ts',
    '-- src/a.ts',
    '/* src/a.ts */',
    '<!-- src/a.ts -->',
    '// File: src/a.ts',
    '# path: ./src/a.ts',
  ]) {
    it(`stands in a first line ${line}`, () => {
      assert.deepEqual(inComment(line), ['src/a.ts']);
      assert.equal(withoutPathComment(`${line}\nlet a = 1;\n`), 'let a = 1;\n');
    });
  }

  for (const line of [
    '#!/bin/sh',
    '// adds 1.5',
    '// see ../a.ts',
    '# Usage',
    '// a.ts and b.ts',
    '/* …',
    '// ...',
  ]) {
    it(`does not stand in a first line ${line}`, () => assert.equal(inComment(line), undefined));
  }

  it('stands right above', () => {
    assert.deepEqual(above('Change `src/a.ts`:\n\n'), ['src/a.ts']);
    assert.deepEqual(above('**src/a.ts**\n'), ['src/a.ts']);
    assert.deepEqual(above('### a.ts\n\n'), ['a.ts']);
    assert.deepEqual(above('> In src/a.ts add:\n'), ['src/a.ts']);
    assert.deepEqual(above('First `src/a.ts`\nand `b.ts`, e.g. 1/2, https://c.d/e.ts:\n'), [
      'b.ts',
      'src/a.ts',
    ]);
    assert.equal(above('In `src/a.ts`.\n\nNow call it:\n\n'), undefined);
    assert.equal(above('```ts\n// `src/a.ts`\n```\n'), undefined);
    assert.equal(above('Use `Array.from(x)` and `a`.\n'), undefined);
    assert.equal(above(''), undefined);
  });

  it('is the one of a diff, without those that it deletes', () => {
    const named = namedPaths({ ...none, info: 'diff', code: diff('--- a/src/a.ts\n+++ b/src/a.ts') });
    assert.deepEqual(named, { source: 'diff', paths: ['src/a.ts'] });
    const several =
      diff('--- a/x.ts\n+++ /dev/null') +
      diff('--- /dev/null\n+++ b/y.ts\t2026') +
      diff('--- z.ts\n+++ z.ts');
    assert.deepEqual(namedPaths({ ...none, code: several })?.paths, ['y.ts', 'z.ts']);
    assert.equal(namedPaths({ ...none, code: diff('') }), undefined);
  });

  it('is taken from where it is meant first', () => {
    const all = { info: 'ts:a.ts', code: '// b.ts\n', before: '`c.ts`\n' };
    assert.deepEqual(namedPaths(all)?.paths, ['a.ts']);
    assert.deepEqual(namedPaths({ ...all, info: 'ts' })?.paths, ['b.ts']);
    assert.deepEqual(namedPaths({ ...all, info: 'ts', code: '' })?.paths, ['c.ts']);
  });
});
