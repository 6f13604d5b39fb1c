import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/paths.ts';
import { createServer, type RunningServer } from '../../server/server.ts';
import { cases } from './cases.ts';
import { readmeTable, rows, seeds } from './table.ts';

/** The lines of a table, however it is aligned. */
function cells(text: string): string[] {
  return text.split('\n').map((line) => line.replaceAll(/\s*\|\s*/g, '|').trim());
}

describe('what the seeds offer', () => {
  let server: RunningServer;
  before(async () => {
    server = await createServer();
  });
  after(() => server.close());
  afterEach(() => server.clearFaults());

  for (const { seed, what, name, here, shownBy } of rows) {
    it(`${seeds[seed]}: ${what} ${name} is ${here}`, () => cases[shownBy](server));
  }

  it('names no row twice and leaves no case unused', () => {
    const names = rows.map(({ seed, what, name }) => `${seed} ${what} ${name}`);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(new Set(rows.map(({ shownBy }) => shownBy)), new Set(Object.keys(cases)));
  });

  it('stands in the README as this table has it', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const written = new Set(cells(readme));
    for (const line of cells(readmeTable())) {
      if (!/^[|\s-]+$/.test(line)) assert.ok(written.has(line), `the README lacks: ${line}`);
    }
  });
});
