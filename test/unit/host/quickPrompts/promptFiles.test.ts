import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type * as vscode from 'vscode';
import { createMemento } from '../panel/support/panelHost.ts';
import { parts, workspace } from '../vscodeParts.ts';

const { PromptFiles } = await import('../../../../src/host/quickPrompts/promptFiles.ts');

const platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
  realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
};

describe('prompt files', () => {
  let folder: string;
  let questions: string[];
  let answer: string | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'prompt-files-'));
    workspace.folder = folder;
    questions = [];
    answer = undefined;
    Object.assign(parts.workspace, { isTrusted: true });
    Object.assign(parts.window, {
      showWarningMessage: async (_text: string, { detail, modal }: vscode.MessageOptions) => {
        assert.ok(modal);
        questions.push(detail ?? '');
        return answer;
      },
    });
  });

  afterEach(async () => {
    workspace.folder = undefined;
    await rm(folder, { recursive: true });
  });

  it('are listed, and those with a fault are told with their line', async () => {
    await write('b.prompt.md', 'Explain ${selection}.');
    await write('a.prompt.md', '---\nname: First\ntarget: insert\n---\nSay hello.');
    await write('broken.prompt.md', '---\ntarget: [\n---\nSay hello.');
    await write('unknown.prompt.md', 'Use ${everything}.');
    await write('notes.md', 'This is none.');
    const { prompts, problems } = await make().list();
    assert.deepEqual(
      prompts.map(({ id, name, target }) => [id, name, target]),
      [
        [`file:file://${folder}/.github/prompts/a.prompt.md`, 'First', 'insert'],
        [`file:file://${folder}/.github/prompts/b.prompt.md`, 'b', 'editor'],
      ],
    );
    assert.match(problems[0]?.text ?? '', /broken\.prompt\.md, line \d/);
    assert.match(problems[1]?.text ?? '', /unknown\.prompt\.md, line 1: .*everything/);
  });

  it('are not read in Restricted Mode, nor where a link leads out of the workspace', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    try {
      await writeFile(join(outside, 'secret'), 'A secret prompt.');
      await write('a.prompt.md', 'Say hello.');
      await symlink(join(outside, 'secret'), join(folder, '.github/prompts/b.prompt.md'));
      const { prompts, problems } = await make().list();
      assert.deepEqual(
        prompts.map(({ name }) => name),
        ['a'],
      );
      assert.match(problems[0]?.text ?? '', /is a link that leads out of the workspace/);
      Object.assign(parts.workspace, { isTrusted: false });
      assert.deepEqual(await make().list(), { prompts: [], problems: [] });
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('are files, and what never ends keeps none back', async () => {
    await write('a.prompt.md', 'Say hello.');
    await mkdir(join(folder, '.github/prompts/b.prompt.md'));
    await promisify(execFile)('mkfifo', [join(folder, '.github/prompts/c.prompt.md')]);
    const { prompts, problems } = await make().list();
    assert.deepEqual([prompts.map(({ name }) => name), problems], [['a'], []]);
  });

  it('are text, and none is left out in silence', async () => {
    await write('a.prompt.md', '\uFEFFSay hello.');
    await write('b.prompt.md', Buffer.from('\uFEFFSay hello.', 'utf16le'));
    await write('c.prompt.md', 'a\0b');
    await write('d.prompt.md', ' '.repeat(513 * 1024));
    const { prompts, problems } = await make().list();
    assert.deepEqual(
      prompts.map(({ prompt }) => prompt),
      ['Say hello.'],
    );
    const told = problems.map(({ text }) => text.replace(/^.*\/(.)\.prompt\.md/, '$1'));
    assert.match(told.join('\n'), /^b is no text in UTF-8;.*\nc is no text in UTF-8;.*\nd is too large/);
    for (let i = 0; i < 200; i += 1) await write(`${String(i)}.prompt.md`, 'Say hello.');
    const many = await make().list();
    assert.equal(many.prompts.length, 200);
    assert.match(many.problems[0]?.text ?? '', /200 are listed; .*\/a\.prompt\.md and what follows/);
  });

  it('ask before they read the clipboard or choose the model, once for each text', async () => {
    const files = make();
    const mayRun = async () => {
      const [prompt] = (await files.list()).prompts;
      assert.ok(prompt);
      return files.mayRun(prompt);
    };
    await write('a.prompt.md', 'Say hello.');
    assert.equal(await mayRun(), true);
    assert.deepEqual(questions, []);
    await write('a.prompt.md', '---\nmodel: other/model\n---\nUse ${clipboard}.');
    assert.equal(await mayRun(), false);
    assert.match(questions[0] ?? '', /clipboard[\s\S]*“other\/model”/);
    answer = 'Allow';
    assert.equal(await mayRun(), true);
    assert.equal(await mayRun(), true);
    assert.equal(questions.length, 2);
    await write('a.prompt.md', '---\nmodel: other/model\n---\nUse ${clipboard}, all of it.');
    answer = undefined;
    assert.equal(await mayRun(), false);
    assert.equal(questions.length, 3);
  });

  it('of two folders with one name are two, and what one may do the other may not', async () => {
    const parents = [folder, await mkdtemp(join(await realpath(tmpdir()), 'prompt-files-'))];
    const [first = '', second = ''] = parents.map((parent) => join(parent, 'api'));
    try {
      Object.assign(workspace, { folder: first, others: [second] });
      for (const each of [first, second]) await writeIn(each, 'a.prompt.md', 'Use ${clipboard}.');
      const files = make();
      const { prompts } = await files.list();
      assert.equal(new Set(prompts.map(({ file }) => file)).size, 2);
      answer = 'Allow';
      for (const prompt of prompts) assert.equal(await files.mayRun(prompt), true);
      assert.deepEqual(
        questions.map((detail) => detail.split('\n')[1]),
        prompts.map(({ file }) => file),
      );
    } finally {
      workspace.others = [];
      await rm(second, { recursive: true });
    }
  });

  it('are allowed as they were picked, whatever the file became meanwhile', async () => {
    const files = make();
    const listed = async () => {
      const [prompt] = (await files.list()).prompts;
      assert.ok(prompt);
      return prompt;
    };
    const [front, body] = [['model: a/b', 'room: none', 'target: insert'], 'Shorten ${clipboard}.'];
    const textOf = (lines: readonly string[], prompt = body) => ['---', ...lines, '---', prompt].join('\n');
    await write('a.prompt.md', textOf(front));
    const picked = await listed();
    answer = 'Allow';
    for (let i = 0; i < 2; i += 1) assert.equal(await files.mayRun(picked), true);
    answer = undefined;
    const changed = [
      textOf(front, 'Keep ${clipboard} for ever.'),
      ...['model: c/d', 'room: own', 'target: terminal'].map((line, at) => textOf(front.with(at, line))),
    ];
    for (const text of changed) {
      await write('a.prompt.md', text);
      assert.equal(await files.mayRun(await listed()), false);
    }
    assert.equal(questions.length, 1 + changed.length);
    assert.equal(await files.mayRun(picked), true);
  });

  it('are found anew whenever one comes, goes or changes', () => {
    const { createFileSystemWatcher } = parts.workspace;
    const events = ['onDidCreate', 'onDidChange', 'onDidDelete'];
    const emitters = events.map((name) => [name, new parts.EventEmitter()] as const);
    const watched: string[] = [];
    Object.assign(parts.workspace, {
      createFileSystemWatcher: ({ pattern }: { readonly pattern: string }) => {
        watched.push(pattern);
        return Object.fromEntries(emitters.map(([name, { event }]) => [name, event]));
      },
    });
    try {
      let changes = 0;
      make()
        .watch()
        .onDidChange(() => (changes += 1));
      for (const [, emitter] of emitters) emitter.fire(undefined);
      assert.deepEqual([watched, changes], [['.github/prompts/*.prompt.md'], 3]);
    } finally {
      Object.assign(parts.workspace, { createFileSystemWatcher });
    }
  });

  async function write(name: string, text: string | Uint8Array): Promise<void> {
    await writeIn(folder, name, text);
  }
});

async function writeIn(folder: string, name: string, text: string | Uint8Array): Promise<void> {
  await mkdir(join(folder, '.github/prompts'), { recursive: true });
  await writeFile(join(folder, '.github/prompts', name), text);
}

function make() {
  return new PromptFiles({ attachments: { platform }, workspaceState: createMemento() });
}
