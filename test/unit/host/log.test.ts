import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/paths.ts';
import { ApiError } from '../../../src/api/apiError.ts';
import { standInForVscode } from './vscodeFiles.ts';
import { parts } from './vscodeParts.ts';

standInForVscode();
const { createLog } = await import('../../../src/host/log.ts');

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

  it('tells of an error its kind and numbers, and nothing of what it says', () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    Object.assign(parts.window, { createOutputChannel: () => ({ info: write, error: write }) });
    const secret = 'pk_secret and a prompt';
    const log = createLog();
    const details = {
      status: 500,
      code: secret,
      providerMessage: secret,
      body: secret,
      url: secret,
      location: secret,
    };
    for (const error of [
      new ApiError('server', secret, { ...details, requestId: 'req_1', cause: new Error(secret) }),
      new TypeError(secret, { cause: secret }),
      secret,
      { message: secret },
    ])
      log.failure('Turn failed', error, { connection: 'tachyon' });
    assert.deepEqual(lines, [
      'Turn failed connection="tachyon" kind="server" status=500 requestId="req_1"',
      'Turn failed connection="tachyon" error="TypeError"',
      'Turn failed connection="tachyon" error="string"',
      'Turn failed connection="tachyon" error="object"',
    ]);
  });

  it('is the only way out: nothing writes to the console', () => {
    assert.deepEqual(
      sources.filter(({ text }) => /\bconsole\s*\./.test(text)).map(({ file }) => file),
      [],
    );
  });
});
