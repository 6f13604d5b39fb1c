import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type * as vscode from 'vscode';
import type { IndexedFile } from '../../../../src/host/attachments/fileIndex.ts';
import { gitExtension } from '../gitExtension.ts';
import { standInForVscode, uriOf } from '../vscodeFiles.ts';
import { extensions, workspace } from '../vscodeParts.ts';

standInForVscode();
const { testsValue } = await import('../../../../src/host/quickPrompts/context/testVariables.ts');

const platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
  realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
};
const files: Readonly<Record<string, string>> = {
  'package.json': '{"devDependencies": {"vitest": "4"}}',
  'src/a.ts': 'export const a = 1;',
  'src/b.ts': 'export const b = 1;',
  'test/a.test.ts': "import { it } from 'vitest';",
};

describe('what ${tests} stands for', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'tests-'));
    for (const [path, text] of Object.entries(files)) await write(path, text);
    workspace.folder = folder;
  });

  afterEach(async () => {
    workspace.folder = undefined;
    extensions.clear();
    await rm(folder, { recursive: true });
  });

  it('is the tests of the file, or where they belong and an example', async () => {
    assert.deepEqual(await valueOf('src/a.ts'), {
      text: 'the framework is Vitest; the tests are in `test/a.test.ts`, which is there already',
      tests: join(folder, 'test/a.test.ts'),
      attached: ['test/a.test.ts'],
    });
    assert.deepEqual(await valueOf('src/b.ts'), {
      text: 'the framework is Vitest; they belong into the new file `test/b.test.ts`; `test/a.test.ts` is an example of the project’s tests',
      tests: join(folder, 'test/b.test.ts'),
      attached: ['test/a.test.ts'],
    });
  });

  it('attaches nothing that the prompt is about already, and nothing that git ignores', async () => {
    assert.deepEqual((await valueOf('test/a.test.ts')).attached, []);
    await write('.gitignore', 'test/\n');
    await promisify(execFile)('git', ['-C', folder, 'init', '-q']);
    extensions.set('vscode.git', gitExtension(folder));
    assert.deepEqual((await valueOf('src/a.ts')).attached, []);
  });

  it('is nothing where the language or the folder is not known', async () => {
    const nothing = { text: 'nothing is known of them', tests: undefined, attached: [] };
    assert.deepEqual(await valueOf('notes.txt'), nothing);
    workspace.folder = undefined;
    assert.deepEqual(await valueOf('src/a.ts'), nothing);
    const told = await testsValue(scope(), services());
    assert.ok(typeof told === 'string');
    assert.match(told, /No text editor is open/);
  });

  async function valueOf(path: string) {
    const value = await testsValue(scope(path), services());
    assert.ok(typeof value === 'object');
    const { text, tests, attachments = [] } = value;
    return { text, tests: tests?.path, attached: attachments.map(({ name }) => name) };
  }

  function scope(path?: string) {
    const editor: vscode.TextEditor = Object.assign(Object.create(null), {
      document: { uri: uriOf(join(folder, path ?? '')) },
    });
    return { repository: none, target: 'newFile' as const, ...(path !== undefined && { editor }) };
  }

  function services() {
    const listed = Object.keys(files).map((path) => Object({ uri: uriOf(join(folder, path)) }));
    const sources: { files(): Promise<IndexedFile[]> } = { files: async () => listed };
    return { sources: Object.assign(Object.create(null), sources), platform };
  }

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
});

async function none(): Promise<undefined> {
  return undefined;
}
