import assert from 'node:assert/strict';
import type { GitRepository } from '../../../../src/host/attachments/git.ts';
import { eachPanelHost } from '../panel/support/eachPanelHost.ts';
import type { PanelHost } from '../panel/support/panelHost.ts';
import { uriOf } from '../vscodeFiles.ts';
import { extensions, workspace } from '../vscodeParts.ts';
import { scopeWith } from './support/askedScope.ts';

const { promptContext } = await import('../../../../src/host/quickPrompts/context/promptContext.ts');

describe('what the changes of a quick prompt are', () => {
  let host: PanelHost;
  eachPanelHost((made) => (host = made.host));

  beforeEach(() => (workspace.folder = '/project'));
  afterEach(() => (workspace.folder = undefined));

  it('are for a commit message what is staged, if anything is, else all changes', async () => {
    for (const [staged, expected] of [
      ['staged', 'staged'],
      ['', 'not staged'],
    ] as const) {
      const repository = repositoryWith(staged, 'not staged', ['feat: one\n\nbody', 'fix: two']);
      const found = await contextOf(['diff', 'commits'], repository);
      assert.deepEqual(
        found.attachments.map((attachment) => 'text' in attachment && attachment.text),
        [expected, 'feat: one\n    body\nfix: two'],
      );
      assert.equal(found.repository?.path, '/project');
    }
  });

  it('are told with the new files that the commit will hold, unless others are staged', async () => {
    const unknown = { uri: uriOf('/project/new.ts'), status: 7 };
    for (const [staged, expected] of [
      ['staged', /^Changes to commit in project$/],
      ['', /^Changes to commit in project \(.*new to git or not saved: new\.ts\)$/],
    ] as const) {
      const repository = {
        ...repositoryWith(staged, 'not staged', undefined),
        state: { workingTreeChanges: [unknown] },
      };
      assert.match((await contextOf(['diff'], repository)).values.diff ?? '', expected);
    }
  });

  it('are for a review the changes of the repository that a menu named, else of all', async () => {
    const repositories = ['/project/one', '/project/two'].map((root) => ({
      ...repositoryWith('', `changes of ${root}`, undefined),
      rootUri: uriOf(root),
    }));
    const api = { state: 'initialized', repositories };
    extensions.set('vscode.git', { isActive: true, exports: { enabled: true, getAPI: () => api } });
    try {
      for (const [root, expected] of [
        [undefined, ['changes of /project/one', 'changes of /project/two']],
        [uriOf('/project/two'), ['changes of /project/two']],
      ] as const) {
        const scope = { ...scopeWith([]), target: 'editor' as const, ...(root && { root }) };
        const found = await promptContext(['diff'], scope, host.panel.attachments);
        assert.ok(typeof found === 'object');
        assert.deepEqual(
          found.attachments.map((attachment) => 'text' in attachment && attachment.text),
          expected,
        );
      }
    } finally {
      extensions.clear();
    }
  });

  it('are changes of files whose names can be read', async () => {
    const told = String.raw`diff --git "a/\303\244" "b/\303\244"`;
    const repository = repositoryWith('', told, undefined);
    const api = { state: 'initialized', repositories: [repository] };
    extensions.set('vscode.git', { isActive: true, exports: { enabled: true, getAPI: () => api } });
    try {
      for (const target of ['scm', 'editor'] as const) {
        const scope = { ...scopeWith([], repository), target };
        const found = await promptContext(['diff'], scope, host.panel.attachments);
        const [attached] = typeof found === 'object' ? found.attachments : [];
        assert.equal(attached && 'text' in attached && attached.text, 'diff --git a/ä b/ä');
      }
    } finally {
      extensions.clear();
    }
  });

  it('are for the style of a commit message no merges, unless there is nothing else', async () => {
    const merge = { message: 'Merge branch', parents: ['1', '2'] };
    for (const [commits, expected] of [
      [[merge, { message: 'feat: one', parents: ['1'] }, merge], 'feat: one'],
      [[merge], 'Merge branch'],
    ] as const) {
      const repository = { ...repositoryWith('', '', []), log: async () => commits };
      const [attached] = (await contextOf(['commits'], repository)).attachments;
      assert.equal(attached && 'text' in attached && attached.text, expected);
    }
  });

  it('are not sent where they are too many, and told where something is left out of them', async () => {
    const large = repositoryWith('', 'x'.repeat(600 * 1024), undefined);
    const told = await promptContext(['diff'], scopeWith([], large), host.panel.attachments);
    assert.ok(typeof told === 'string');
    assert.match(told, /^These changes are larger than 512 KB/);
    const unsaved = { uri: uriOf('/project/a.ts'), isDirty: true };
    workspace.documents = [unsaved, { uri: uriOf('/project-b/c.ts'), isDirty: true }];
    const api = { state: 'initialized', repositories: [repositoryWith('', 'changes', undefined)] };
    extensions.set('vscode.git', { isActive: true, exports: { enabled: true, getAPI: () => api } });
    try {
      const scope = { ...scopeWith([]), target: 'editor' as const };
      const found = await promptContext(['diff'], scope, host.panel.attachments);
      const text = typeof found === 'object' ? found.values.diff : '';
      assert.match(text ?? '', /^Uncommitted changes in project \(.*not saved: a\.ts\)$/);
    } finally {
      workspace.documents = [];
      extensions.clear();
    }
  });

  it('are nothing in a repository without changes, which is said; one without commits has none', async () => {
    const scope = scopeWith([], repositoryWith('', '', undefined));
    const problem = await promptContext(['diff'], scope, host.panel.attachments);
    assert.ok(typeof problem === 'string');
    assert.match(problem, /no changes to commit in project/);
    const found = await contextOf(['commits'], repositoryWith('', '', undefined));
    assert.deepEqual([found.values, found.attachments], [{ commits: 'no commit yet' }, []]);
  });

  async function contextOf(variables: Parameters<typeof promptContext>[0], repository: GitRepository) {
    const found = await promptContext(variables, scopeWith([], repository), host.panel.attachments);
    assert.ok(typeof found === 'object');
    return found;
  }
});

function repositoryWith(
  staged: string,
  unstaged: string,
  messages: readonly string[] | undefined,
): GitRepository {
  return {
    rootUri: uriOf('/project'),
    inputBox: { value: '' },
    ui: { selected: true },
    state: { workingTreeChanges: [] },
    status: async () => undefined,
    checkIgnore: () => Promise.resolve(new Set<string>()),
    diff: async (cached) => (cached === true ? staged : unstaged),
    log: async () => {
      if (!messages) throw new Error('No commit yet.');
      return messages.map((message) => ({ message }));
    },
  };
}
