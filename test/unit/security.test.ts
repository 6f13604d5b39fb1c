import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';

/** The rows of the table, cell by cell. */
function rows(): string[][] {
  const lines = readFileSync(join(root, 'SECURITY.md'), 'utf8').split('\n');
  const table = lines.filter((line) => line.startsWith('|')).slice(2);
  return table.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Titles of the `describe`s and `it`s of a test file, as patterns: what a template fills in may be anything. */
function titles(file: string): RegExp[] {
  const text = readFileSync(join(root, file), 'utf8');
  // A title may also be the first entry of a row that `it(name, …)` runs through.
  const found = text.matchAll(
    /(?:\b(?:describe|it)\(\s*|^\s*\[\s*)('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/gm,
  );
  return [...found].flatMap(([, literal = '']) => {
    const parts = literal
      .slice(1, -1)
      .split(literal.startsWith('`') ? /\$\{(?:[^{}]|\{[^{}]*\})*\}/ : /(?!)/)
      .map((part) => part.replace(/\\(.)/g, '$1').replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
    // A title that is all filled in would match every name.
    return parts.join('').trim() === '' ? [] : new RegExp(`^${parts.join('.+')}$`, 'u');
  });
}

describe('SECURITY.md', () => {
  it('has a defence and a test for each attack', () => {
    assert.ok(rows().length > 20);
    for (const row of rows()) {
      assert.equal(row.length, 3, row[0]);
      for (const cell of row) assert.notEqual(cell, '', row[0]);
    }
  });

  for (const [attack = '', , tests = ''] of rows()) {
    it(`names tests that exist: ${attack}`, () => {
      for (const named of tests.split('<br>')) {
        const [, file = '', title = ''] = /^`(test\/[\w/.-]+\.test\.ts)`: (.+)$/.exec(named.trim()) ?? [];
        assert.ok(file !== '', `not \`file\`: title, but ${named}`);
        assert.ok(existsSync(join(root, file)), `${file} is missing`);
        assert.ok(
          titles(file).some((pattern) => pattern.test(title)),
          `${file} has no test "${title}"`,
        );
      }
    });
  }
});
