import assert from 'node:assert/strict';
import { copyFile, glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listPackageFiles, packageFiles } from '../../scripts/packaging/packageFiles.ts';
import { root } from '../../scripts/paths.ts';

describe('package', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tachyon-package-'));
    for (const path of ['package.json', '.vscodeignore'])
      await copyFile(join(root, path), join(folder, path));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function create(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), '');
    }
  }

  it('holds what the extension needs', async () => {
    await create(packageFiles.filter((path) => path !== 'package.json'));
    assert.deepEqual(await listPackageFiles(folder), packageFiles);
  });

  it('leaves out sources, maps, tests, secrets and other packages', async () => {
    await create([
      '.env',
      '.npmrc',
      '.github/workflows/ci.yml',
      'chatrooms.db',
      'dist/extension.cjs.map',
      'dist/web/extension.cjs.map',
      'esbuild.mjs',
      'media/icon.svg',
      'node_modules/mocha/package.json',
      'out/start.png',
      'package-lock.json',
      'scripts/start.ts',
      'src/host/extension.ts',
      'test/server/main.ts',
      'tsconfig.json',
    ]);
    assert.deepEqual(await listPackageFiles(folder), ['package.json']);
  });
});

describe('workflows', () => {
  it('name each action by its commit, and the version beside it', async () => {
    const named: string[] = [];
    for await (const file of glob('.github/workflows/*', { cwd: root })) {
      const text = await readFile(join(root, file), 'utf8');
      named.push(...Array.from(text.matchAll(/^.*\buses:.*$/gm), ([line]) => line.trim()));
    }
    assert.ok(named.length > 0);
    for (const line of named) assert.match(line, /^- uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});
