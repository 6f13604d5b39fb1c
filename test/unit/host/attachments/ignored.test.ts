import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Uri } from 'vscode';
import { gitExtension } from '../gitExtension.ts';
import { standInForVscode, uriOf } from '../vscodeFiles.ts';
import { extensions, workspace } from '../vscodeParts.ts';

standInForVscode();
const { isIgnored, notIgnored } = await import('../../../../src/host/attachments/ignored.ts');

const platform = { realPath: ({ fsPath }: Uri) => realpath(fsPath) };

describe('files that git ignores', () => {
  let base: string;
  let folder: string;

  beforeEach(async () => {
    base = await realpath(await mkdtemp(join(tmpdir(), 'ignored-')));
    folder = join(base, 'workspace');
    await mkdir(join(folder, 'real'), { recursive: true });
    await promisify(execFile)('git', ['-C', folder, 'init', '-q']);
    await writeFile(join(folder, '.gitignore'), '.env\nby-name\n');
    for (const name of ['.env', 'a.ts', 'real/b.ts', 'real/.env'])
      await writeFile(join(folder, name), 'text');
    workspace.folder = folder;
    extensions.set('vscode.git', gitExtension(folder));
  });

  afterEach(async () => {
    workspace.folder = undefined;
    extensions.clear();
    await rm(base, { recursive: true });
  });

  const ignores = (name: string) => isIgnored(uriOf(join(folder, name)), platform);

  it('are ignored behind links too, whether the link or what it leads to is named', async () => {
    await symlink(join(folder, '.env'), join(folder, 'settings.txt'));
    await symlink(join(folder, 'a.ts'), join(folder, 'by-name'));
    await symlink(join(folder, 'real'), join(folder, 'linked'));
    const names = ['.env', 'settings.txt', 'by-name', 'linked/.env', 'a.ts', 'linked/b.ts', 'gone.ts'];
    assert.deepEqual(await Promise.all(names.map(ignores)), [true, true, true, true, false, false, false]);
  });

  it('are ignored where a cell of a notebook is named', async () => {
    for (const [name, expected] of [
      ['.env', true],
      ['a.ts', false],
    ] as const) {
      const cell = uriOf(join(folder, name), 'vscode-notebook-cell');
      assert.equal(await isIgnored(cell, platform), expected);
    }
  });

  it('are ignored behind links in a folder that is opened by a link itself', async () => {
    const opened = join(base, 'opened');
    await symlink(folder, opened);
    workspace.folder = opened;
    extensions.set('vscode.git', gitExtension(opened));
    await symlink(join(folder, '.env'), join(folder, 'settings.txt'));
    assert.equal(await isIgnored(uriOf(join(opened, 'settings.txt')), platform), true);
    assert.equal(await isIgnored(uriOf(join(opened, 'a.ts')), platform), false);
  });

  it('are left out of the files that are offered, and one behind a link keeps no other back', async () => {
    await symlink(join(folder, 'real'), join(folder, 'linked'));
    await symlink(tmpdir(), join(folder, 'outside'));
    const names = ['.env', 'a.ts', 'linked/.env', 'linked/b.ts', 'outside/c.ts'];
    const offered = await notIgnored(
      names.map((name) => uriOf(join(folder, name))),
      platform,
    );
    assert.deepEqual(
      offered.map(({ path }) => path.slice(folder.length + 1)),
      ['a.ts', 'linked/b.ts'],
    );
  });
});
