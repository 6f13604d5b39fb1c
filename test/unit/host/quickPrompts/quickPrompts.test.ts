import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { eachPanelHost } from '../panel/support/eachPanelHost.ts';
import { createMemento, type PanelHost } from '../panel/support/panelHost.ts';
import { uriOf } from '../vscodeFiles.ts';
import { configuration, extensions, parts, workspace } from '../vscodeParts.ts';
import { PlayedBox } from './support/playedBox.ts';

const { Uri } = await import('vscode');
const { CodeProblem } = await import('../../../../src/host/code/codeProblem.ts');
const { KeptAnswers } = await import('../../../../src/host/quickPrompts/keptAnswers.ts');
const { QuickPrompts } = await import('../../../../src/host/quickPrompts/quickPrompts.ts');

describe('the commands of quick prompts', () => {
  let host: PanelHost;
  let told: string[];
  /** What is answered to the question whether a prompt may do what it wants. */
  let answer: string | undefined;
  eachPanelHost((made) => (host = made.host));

  beforeEach(() => {
    told = [];
    answer = undefined;
    Object.assign(parts.window, {
      createStatusBarItem: () => ({ show: ignore, hide: ignore, dispose: ignore }),
      showWarningMessage: async (text: string) => {
        told.push(text);
        return text.startsWith('Let the workspace’s prompt') ? answer : undefined;
      },
    });
  });

  it('put what they ask at the top of the list, whichever way it was asked', async () => {
    const workspaceState = createMemento();
    const prompts = make(workspaceState);
    await prompts.ask('explain', undefined, undefined);
    await prompts.ask('review', undefined, undefined);
    assert.match(told[0] ?? '', /^Nothing is selected/);
    assert.match(told[1] ?? '', /no git repository/);
    assert.deepEqual(workspaceState.get('recentQuickPrompts'), [
      { kind: 'listed', id: 'review' },
      { kind: 'listed', id: 'explain' },
    ]);
    prompts.dispose();
  });

  it('are about the repository that a menu names', async () => {
    const repositories = ['/one', '/two'].map((root) => ({
      rootUri: Object.setPrototypeOf(uriOf(root), Uri.prototype),
      ui: { selected: root === '/one' },
      diff: async () => '',
    }));
    const getRepository = ({ path }: vscode.Uri) => repositories.find(({ rootUri }) => rootUri.path === path);
    const api = { state: 'initialized', repositories, getRepository };
    extensions.set('vscode.git', { isActive: true, exports: { enabled: true, getAPI: () => api } });
    const prompts = make(createMemento());
    // Arguments may come from anywhere.
    for (const argument of [{ rootUri: repositories[1]?.rootUri }, undefined, { rootUri: '/two' }, '/two'])
      await prompts.ask('commitMessage', argument, undefined);
    extensions.clear();
    assert.deepEqual(
      told.map((text) => /commit in (\w+)/.exec(text)?.[1]),
      ['two', 'one', 'one', 'one'],
    );
    prompts.dispose();
  });

  describe('in the list', () => {
    let folder: string;
    let box: PlayedBox;
    let watches: number;
    const { createFileSystemWatcher } = parts.workspace;

    beforeEach(async () => {
      folder = await mkdtemp(join(await realpath(tmpdir()), 'quick-prompts-'));
      workspace.folder = folder;
      await mkdir(join(folder, '.github/prompts'), { recursive: true });
      configuration.set('tachyon.quickPrompts', [
        { name: 'Mine', prompt: 'Explain ${selection}' },
        { name: 'Also mine', prompt: 'Explain ${file}' },
        { name: 'Broken', prompt: '${nothing}' },
      ]);
      watches = 0;
      Object.assign(parts.window, { createQuickPick: () => (box = new PlayedBox()) });
      Object.assign(parts.workspace, {
        isTrusted: true,
        createFileSystemWatcher: () => {
          watches += 1;
          return { ...createFileSystemWatcher(), dispose: () => (watches -= 1) };
        },
      });
    });

    afterEach(async () => {
      configuration.delete('tachyon.quickPrompts');
      workspace.folder = undefined;
      Object.assign(parts.workspace, { createFileSystemWatcher });
      await rm(folder, { recursive: true });
    });

    it('stand the recent ones, those built in, the person’s own, those of files and what is wrong', async () => {
      await write('a.prompt.md', 'Say ${selection}');
      const workspaceState = createMemento();
      await workspaceState.update('recentQuickPrompts', [
        { kind: 'typed', text: 'Why so?' },
        { kind: 'listed', id: 'user:Gone' },
        { kind: 'listed', id: 'user:Mine' },
      ]);
      const prompts = make(workspaceState);
      const { picked } = await open(prompts);
      const { labels } = box;
      assert.deepEqual(labels.slice(0, 3), ['Why so?', 'Mine', 'Explain Selection']);
      assert.deepEqual(labels.slice(-3, -1), ['Also mine', 'a']);
      assert.match(labels.at(-1) ?? '', /“Broken”/);
      assert.equal(watches, 1);
      box.goTo('Mine');
      box.enter();
      await picked;
      assert.equal(watches, 0);
      assert.match(told.join('\n'), /^Nothing is selected/);
      const again = await open(prompts);
      assert.deepEqual(box.labels.slice(0, 2), ['Mine', 'Why so?']);
      box.hide();
      await again.picked;
      prompts.dispose();
    });

    it('do those of files what they want only if the person lets them', async () => {
      await write('a.prompt.md', 'Send ${clipboard}');
      let reads = 0;
      const readText = async () => {
        reads += 1;
        return '';
      };
      Object.assign(parts.env, { clipboard: { readText } });
      const prompts = make(createMemento());
      for (const [given, expected] of [
        [undefined, 0],
        ['Allow', 1],
        [undefined, 2],
      ] as const) {
        answer = given;
        const { picked } = await open(prompts);
        box.goTo('a');
        box.enter();
        await picked;
        assert.equal(reads, expected);
      }
      const questions = told.filter((text) => text.startsWith('Let the workspace’s prompt “a”'));
      assert.equal(questions.length, 2);
      prompts.dispose();
    });

    it('is what is typed about the selection if there is one, and found again', async () => {
      const workspaceState = createMemento();
      const prompts = make(workspaceState);
      const start = { line: 0, character: 0, compareTo: () => 0 };
      const document = { getText: () => 'x'.repeat(600 * 1024), uri: uriOf('/a.ts') };
      for (const isEmpty of [true, false]) {
        const editor = { document, selections: [{ isEmpty, start, end: start }] };
        Object.assign(parts.window, { activeTextEditor: editor });
        const { picked } = await open(prompts);
        box.type('Why ${x}?');
        box.enter();
        await picked;
      }
      Object.assign(parts.window, { activeTextEditor: undefined });
      assert.equal(told[0], 'No place takes it.');
      assert.match(told[1] ?? '', /^This selection is larger/);
      assert.deepEqual(workspaceState.get('recentQuickPrompts'), [{ kind: 'typed', text: 'Why ${x}?' }]);
      prompts.dispose();
    });

    async function write(name: string, text: string): Promise<void> {
      await writeFile(join(folder, '.github/prompts', name), text);
    }

    /** Opens the list; `picked` settles when the prompt is over. */
    async function open(prompts: InstanceType<typeof QuickPrompts>): Promise<{ picked: Promise<void> }> {
      const picked = prompts.pick();
      await box.listed;
      return { picked };
    }
  });

  function make(workspaceState: vscode.Memento) {
    return new QuickPrompts({
      ...host.panel,
      workspaceState,
      kept: new KeptAnswers(),
      panel: {
        askFor: () => Promise.reject(new Error('No room was asked for.')),
        continueFrom: () => Promise.resolve(),
        modelOf: () => Promise.resolve({}),
        open: () => Promise.resolve(),
        hasFocus: false,
      },
      openSink: () => Promise.reject(new CodeProblem('No place takes it.')),
    });
  }
});

function ignore(): void {}
