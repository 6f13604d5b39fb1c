import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { call } from './httpCalls.ts';

const main = path.join(import.meta.dirname, '../../server/main.ts');

describe('test server: command line', () => {
  it('prints one line with its URL, answers, and closes on Ctrl+C', async () => {
    const child = spawn(process.execPath, [
      main,
      '--port',
      '0',
      '--key',
      'k',
      '--operator',
      'tn_a',
      '--operator',
      'tn_b',
    ]);
    const exited = once(child, 'exit');
    const errors: Buffer[] = [];
    child.stderr.on('data', (part: Buffer) => errors.push(part));
    const lines = createInterface(child.stdout);
    const [line]: unknown[] = await once(lines, 'line');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0];
    assert.ok(url !== undefined);
    const reply = await call({ url }, 'GET', '/v1/auth/operators/by-user', undefined, {
      authorization: 'Bearer k',
    });
    assert.partialDeepStrictEqual(reply.body, [{ id: 'tn_a' }, { id: 'tn_b' }]);
    child.kill('SIGINT');
    assert.deepEqual(await exited, [0, null]);
    assert.equal(Buffer.concat(errors).toString(), '');
  });

  for (const [args, message] of [
    [['--port', 'x'], /--port must be a whole number/],
    [['--nonsense'], /Unknown option '--nonsense'/],
    [['--upstream', 'nonsense'], /Invalid URL/],
    [['--replay', 'missing.json'], /no such file/],
  ] as const) {
    it(`refuses ${args.join(' ')}`, async () => {
      const child = spawn(process.execPath, [main, ...args]);
      const errors: Buffer[] = [];
      child.stderr.on('data', (part: Buffer) => errors.push(part));
      const [code]: unknown[] = await once(child, 'close');
      assert.equal(code, 1);
      assert.match(Buffer.concat(errors).toString(), message);
    });
  }
});
