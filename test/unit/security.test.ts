import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';

/** Where attacks come from, each with the rows of its table, cell by cell. */
function tables(): { readonly heading: string; readonly rows: string[][] }[] {
  const sections = readFileSync(join(root, 'SECURITY.md'), 'utf8').split(/^### /m).slice(1);
  return sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const table = lines.filter((line) => line.startsWith('|')).slice(2);
    const cells = table.map((line) => line.split('|').slice(1, -1));
    return { heading, rows: cells.map((row) => row.map((cell) => cell.trim())) };
  });
}

function allRows(): string[][] {
  return tables().flatMap(({ rows }) => rows);
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
    assert.ok(allRows().length > 60);
    for (const row of allRows()) {
      assert.equal(row.length, 3, row[0]);
      for (const cell of row) assert.notEqual(cell, '', row[0]);
    }
  });

  it('tells of all that attacks come from', () => {
    assert.deepEqual(
      tables().flatMap(({ heading, rows }) => (rows.length > 0 ? heading : [])),
      [
        'A malicious workspace',
        'What a model writes',
        'The endpoint',
        'Another extension, page or program',
        'A shared machine',
        'Logs, diagnoses and exports that are passed on',
        'Somebody who looks at the screen',
        'The supply chain',
        'Other people in a shared room',
      ],
    );
  });

  for (const [attack = '', , tests = ''] of allRows()) {
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
