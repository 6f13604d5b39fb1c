import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { standInForVscode, uriOf } from './vscodeFiles.ts';
import { workspace } from './vscodeParts.ts';

standInForVscode();
const { isInWorkspace } = await import('../../../src/host/workspace/isInWorkspace.ts');

describe('whether a file lies in the workspace', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'tachyon-workspace-'));
    await mkdir(join(root, 'project'));
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(root, 'elsewhere/a.ts'), '');
    workspace.folder = join(root, 'project');
  });

  afterEach(async () => {
    workspace.folder = undefined;
    workspace.others = [];
    await rm(root, { recursive: true });
  });

  function isInside(path: string): Promise<boolean> {
    const platform = {
      environmentVariable: () => undefined,
      restrictToOwner: () => Promise.resolve(),
      realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
    };
    return isInWorkspace(uriOf(join(root, path)), platform);
  }

  it('is seen through links, of a file that is not there by its folder', async () => {
    await symlink(join(root, 'elsewhere'), join(root, 'project/out'));
    await symlink(join(root, 'project'), join(root, 'project/round'));
    const paths = ['a.ts', 'new/folder/a.ts', 'round/a.ts', 'out/a.ts', 'out/new.ts', '../elsewhere/a.ts'];
    const found = await Promise.all(paths.map((path) => isInside(`project/${path}`)));
    assert.deepEqual(found, [true, true, true, false, false, false]);
  });

  it('counts the folder that a link leads to, if that is open too', async () => {
    await symlink(join(root, 'elsewhere'), join(root, 'project/out'));
    workspace.others = [join(root, 'elsewhere')];
    assert.equal(await isInside('project/out/a.ts'), true);
  });

  it('is so wherever it lies when the root of the disk is open', async () => {
    workspace.folder = '/';
    assert.deepEqual([await isInside('elsewhere/a.ts'), await isInside('new.ts')], [true, true]);
  });

  it('is known although a folder of the workspace is gone', async () => {
    workspace.others = [join(root, 'gone')];
    assert.deepEqual([await isInside('project/a.ts'), await isInside('gone/a.ts')], [true, false]);
  });
});
