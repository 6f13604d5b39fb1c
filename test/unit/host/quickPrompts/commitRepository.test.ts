import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { standInForVscode, uriOf } from '../vscodeFiles.ts';
import { extensions, parts } from '../vscodeParts.ts';

standInForVscode();
const { commitRepository } = await import('../../../../src/host/quickPrompts/commitRepository.ts');

interface Item {
  readonly label: string;
  readonly repository: { readonly rootUri: vscode.Uri };
}

describe('the repository whose changes are meant', () => {
  let picks: string[][];
  let picked: number | undefined;

  beforeEach(() => {
    picks = [];
    picked = undefined;
    Object.assign(parts.window, {
      showQuickPick: async (items: readonly Item[]) => {
        picks.push(items.map(({ label }) => label));
        return picked === undefined ? undefined : items[picked];
      },
    });
  });

  afterEach(() => {
    extensions.clear();
    Object.assign(parts.window, { showQuickPick: undefined });
  });

  it('is that of the file, whichever the view of source control shows', async () => {
    open({ '/project/a': false, '/project/b': true });
    assert.equal(await found('/project/a/src/x.ts'), '/project/a');
    assert.deepEqual(picks, []);
  });

  it('is else the only one, then the one that the view of source control shows', async () => {
    open({ '/project/a': false });
    assert.equal(await found('/elsewhere/x.ts'), '/project/a');
    open({ '/project/a': false, '/project/b': true });
    assert.equal(await found('/elsewhere/x.ts'), '/project/b');
    // A file in such a place has the path of another one.
    assert.equal(await found('/project/a/x.ts', 'git'), '/project/b');
    assert.deepEqual(picks, []);
  });

  it('is else the one that the person picks, if they pick one', async () => {
    for (const isSelected of [true, false]) {
      open({ '/project/a': isSelected, '/project/$(b)': isSelected });
      assert.equal(await found(), undefined);
      picked = 1;
      assert.equal(await found(), '/project/$(b)');
      picked = undefined;
    }
    assert.deepEqual(
      picks,
      Array.from({ length: 4 }, () => ['a', '$ (b)']),
    );
  });

  it('is none where there is none', async () => {
    open({});
    assert.equal(await found('/project/a/x.ts'), 'There is no git repository here.');
  });
});

/** By their roots; `true`: the view of source control has it selected. */
function open(roots: Readonly<Record<string, boolean>>): void {
  const repositories = Object.entries(roots).map(([root, selected]) => ({
    rootUri: uriOf(root),
    ui: { selected },
  }));
  const getRepository = ({ path }: vscode.Uri) =>
    repositories.find(({ rootUri }) => path.startsWith(`${rootUri.path}/`)) ?? null;
  const api = { state: 'initialized', repositories, getRepository };
  extensions.set('vscode.git', { isActive: true, exports: { enabled: true, getAPI: () => api } });
}

async function found(path?: string, scheme?: string): Promise<string | undefined> {
  const uri = path === undefined ? undefined : uriOf(path, scheme);
  const repository = await commitRepository(uri, async (question) => question());
  return typeof repository === 'object' ? repository.rootUri.path : repository;
}
