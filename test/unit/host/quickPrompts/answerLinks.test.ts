import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type * as vscode from 'vscode';
import { gitExtension } from '../gitExtension.ts';
import { standInForVscode } from '../vscodeFiles.ts';
import { extensions, parts, workspace } from '../vscodeParts.ts';

standInForVscode();
const { AnswerLinks } = await import('../../../../src/host/quickPrompts/answerLinks.ts');

const platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
  realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
};

describe('the links of an answer lead to', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(await realpath(tmpdir()), 'links-'));
    extensions.set('vscode.git', gitExtension(root));
    for (const path of ['packages/a/src/x.ts', 'packages/b/src/y.ts', 'src/x.ts']) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), '');
    }
  });

  afterEach(async () => {
    workspace.folder = undefined;
    extensions.clear();
    await rm(root, { recursive: true });
  });

  it('files from the root of the folder, else of the repository, and never to others', async () => {
    workspace.folder = join(root, 'packages/a');
    assert.equal(await targetOf('src/x.ts'), join(root, 'packages/a/src/x.ts'));
    assert.equal(await targetOf('packages/a/src/x.ts'), join(root, 'packages/a/src/x.ts'));
    assert.equal(await targetOf('packages/b/src/y.ts'), undefined);
    extensions.clear();
    assert.equal(await targetOf('packages/a/src/x.ts'), undefined);
  });

  it('the file of the repository that lies in the folder', async () => {
    workspace.folder = dirname(root);
    assert.equal(await targetOf('src/x.ts'), join(root, 'src/x.ts'));
  });
});

async function targetOf(path: string): Promise<string | undefined> {
  const links = new AnswerLinks(platform);
  const range: vscode.Range = Object.create(null);
  const link: Parameters<typeof links.resolveDocumentLink>[0] = Object.assign(new parts.DocumentLink(range), {
    range,
    path,
    fragment: 'L1',
  });
  const { target } = await links.resolveDocumentLink(link);
  return target?.path;
}
