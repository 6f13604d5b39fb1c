import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/paths.ts';

/** What may be logged beside a sentence: names that the settings hold, ids, counts, codes, words of ours. */
const loggedFacts = new Set(['connection', 'count', 'ending', 'input', 'output']);

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }));

describe('the log', () => {
  it('gets fixed sentences and named facts only: no key, no prompt, no reply', () => {
    const calls = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\blog\.(info|failure)\(([^;]*?)\)(?=[;,\n])/g)].map(([, method, call = '']) => ({
        file,
        method,
        text: call.replace(/\s+/g, ' ').trim(),
      })),
    );
    const count = sources.flatMap(({ text }) => text.match(/\blog\.(?:info|failure)\(/g) ?? []).length;
    assert.ok(count > 3);
    assert.equal(calls.length, count, 'the scan finds all calls');
    for (const { file, method, text } of calls) {
      const shape = /^'[^'$]+'(?:, error)?(?:, \{ (.+?),? \})?,?$/.exec(text);
      assert.ok(shape, `${file}: log.${method}(${text})`);
      for (const fact of (shape[1] ?? '').split(',').filter(Boolean)) {
        assert.ok(loggedFacts.has(fact.split(':')[0]?.trim() ?? ''), `${file}: ${fact}`);
      }
    }
  });

  it('is the only way out: nothing writes to the console', () => {
    assert.deepEqual(
      sources.filter(({ text }) => /\bconsole\s*\./.test(text)).map(({ file }) => file),
      [],
    );
  });
});
