import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../../scripts/paths.ts';
import { createServer, developmentKey, developmentOperator } from '../server/server.ts';

const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

describe('CONTRIBUTING.md', () => {
  it('has an example of the library that runs', async () => {
    const example = /```ts\n([^]*?)```/.exec(guide)?.[1] ?? '';
    const sources = pathToFileURL(join(root, 'src')).href;
    const folder = await mkdtemp(join(tmpdir(), 'tachyon-example-'));
    const server = await createServer();
    try {
      const file = join(folder, 'example.ts');
      await writeFile(file, example.replaceAll("'./src/", `'${sources}/`));
      const env = {
        ...process.env,
        TACHYON_API_URL: server.url,
        TACHYON_API_KEY: developmentKey,
        TACHYON_TENANT_ID: developmentOperator,
      };
      const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
      assert.match(stdout, /## What is a chatroom\?[^]*Hello from a chatroom$/);
      const made = server.requests.filter(
        ({ method, path }) => method === 'POST' && path === '/v1/llms/chatrooms',
      );
      assert.equal(made.length, 1);
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });

  it('names scripts and files that exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    for (const [, script = ''] of guide.matchAll(/\bnpm run ([\w:]+)/g)) assert.ok(scripts[script], script);
    for (const [path] of guide.matchAll(/\b(?:src|test|scripts|l10n)\/[\w/.]+\.(?:ts|mjs|json)\b/g)) {
      assert.ok(existsSync(join(root, path)), path);
    }
  });
});
