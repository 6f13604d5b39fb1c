import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { call } from './httpCalls.ts';

const main = path.join(import.meta.dirname, '../../server/main.ts');

describe('test server: command line', () => {
  it('prints its URLs, answers, and closes on Ctrl+C', async () => {
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
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      if (lines.push(line) === 4) break;
    }
    const [line] = lines;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0];
    assert.ok(url !== undefined);
    assert.deepEqual(lines.slice(1), [
      `OpenAI: ${url}/openai/v1 (key: as given)`,
      `Atoma: ${url}/atoma (key: as given)`,
      `OpenAI-compatible: ${url}/compatible/v1 (no key)`,
    ]);
    const reply = await call({ url }, 'GET', '/v1/auth/operators/by-user', undefined, {
      authorization: 'Bearer k',
    });
    assert.partialDeepStrictEqual(reply.body, [{ id: 'tn_a' }, { id: 'tn_b' }]);
    child.kill('SIGINT');
    assert.deepEqual(await exited, [0, null]);
    assert.equal(Buffer.concat(errors).toString(), '');
  });

  it('names its options, APIs, prompts and faults', async () => {
    const child = spawn(process.execPath, [main, '--help']);
    const output: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    assert.deepEqual(await once(child, 'close'), [0, null]);
    const help = Buffer.concat(output).toString();
    for (const word of [
      '--port',
      '{url}/openai/v1',
      '{url}/atoma',
      '{url}/compatible/v1',
      '!think',
      'bomb',
    ]) {
      assert.ok(help.includes(word), word);
    }
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
