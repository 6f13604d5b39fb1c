import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { applyCode } from '../../src/host/code/applyCode.ts';
import { insertCode } from '../../src/host/code/insertCode.ts';
import { newFile } from '../../src/host/code/newFile.ts';
import { ProposedChanges } from '../../src/host/code/proposedChanges.ts';
import { withBoxes } from './support/boxes.ts';

const platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
  realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
};
const text = 'const limit = 10;\n\nfunction add(x, y) {\n  return x + y;\n}\n\nconst last = 1;\n';
const code = 'function add(x, y) {\n  log(x);\n  return x + y;\n}\n';
const changed = text.replace('  return', '  log(x);\n  return');

function activeEditor(): Promise<vscode.TextEditor | undefined> {
  return Promise.resolve(vscode.window.activeTextEditor);
}

function autoSave(value: 'off' | undefined): Thenable<void> {
  const settings = vscode.workspace.getConfiguration('files');
  return settings.update('autoSave', value, vscode.ConfigurationTarget.Global);
}

function activeText(): string | undefined {
  return vscode.window.activeTextEditor?.document.getText();
}

function diffs(): vscode.TabInputTextDiff[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs.map(({ input }) => input))
    .filter((input) => input instanceof vscode.TabInputTextDiff);
}

describe('changes of a model while other things happen', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const { showTextDocument, showInformationMessage } = vscode.window;
  let changes: ProposedChanges;
  let folder: string;

  before(async () => {
    changes = new ProposedChanges();
    await autoSave('off');
  });
  after(async () => {
    changes.dispose();
    await autoSave(undefined);
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(root, 'code-'));
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showTextDocument, showInformationMessage });
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });

  async function write(name: string, content: string): Promise<string> {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    return vscode.workspace.asRelativePath(file, false);
  }
  const uriOf = (path: string): vscode.Uri => vscode.Uri.file(join(root, path));
  const apply = (info: string, source = code, before = ''): Promise<void> =>
    applyCode({ code: source, info, before }, activeEditor, platform, changes);

  it('are made once, however often they are accepted', async () => {
    const path = await write('a.js', text);
    await apply(`js:${path}`);
    const shown = diffs()[0]?.modified;
    await Promise.all([changes.accept(shown), changes.accept(shown)]);
    assert.equal(activeText(), changed);
  });

  it('are shown once, however often they are applied', async () => {
    const path = await write('a.js', text);
    await Promise.all([apply(`js:${path}`), apply(`js:${path}`)]);
    await apply(`js:${path}`);
    assert.equal(diffs().length, 1);
    await changes.accept(diffs()[0]?.modified);
    assert.equal(activeText(), changed);
    assert.equal(diffs().length, 0);
  });

  it('say that they are no longer shown where one accepts them after that', async () => {
    const path = await write('a.js', text);
    const answer = Promise.withResolvers<string>();
    const said = Promise.withResolvers<string>();
    let asked = 0;
    Object.assign(vscode.window, {
      showInformationMessage: (message: string) => {
        asked += 1;
        if (asked === 1) return answer.promise;
        said.resolve(message);
        return Promise.resolve(undefined);
      },
    });
    await apply(`js:${path}`);
    await changes.reject(diffs()[0]?.modified);
    answer.resolve('Accept');
    assert.match(await said.promise, /no longer shown/);
    assert.equal((await vscode.workspace.openTextDocument(uriOf(path))).getText(), text);
  });

  it('are not made of a text that is typed while the file is shown', async () => {
    const path = await write('a.js', text);
    await apply(`js:${path}`);
    const shown = diffs()[0]?.modified;
    let isTyped = false;
    Object.assign(vscode.window, {
      showTextDocument: async (uri: vscode.Uri, options: vscode.TextDocumentShowOptions) => {
        const editor = await showTextDocument(uri, options);
        if (!isTyped) await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// typed\n'));
        isTyped = true;
        return editor;
      },
    });
    await changes.accept(shown).catch(() => undefined);
    const document = await vscode.workspace.openTextDocument(uriOf(path));
    assert.equal(document.getText(), `// typed\n${text}`);
    await changes.accept(shown);
    assert.equal(document.getText(), `// typed\n${changed}`);
  });

  it('can be accepted in another group of editors', async () => {
    const path = await write('a.js', text);
    await vscode.window.showTextDocument(uriOf(await write('b.js', '')));
    await apply(`js:${path}`);
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    assert.equal(diffs().length, 1);
    await changes.accept(diffs()[0]?.modified);
    assert.equal(activeText(), changed);
    assert.equal(diffs().length, 0);
  });

  it('are in the file that the person picks of several', async () => {
    const paths = [await write('one/a.js', text), await write('two/a.js', text)];
    await withBoxes([paths[1] ?? ''], () => apply('js:a.js'));
    assert.equal(diffs()[0]?.original.toString(), uriOf(paths[1] ?? '').toString());
    await withBoxes([], () => apply('js:a.js'));
    assert.equal(diffs().length, 1);
  });

  it('leave the line below the selected lines as it is', async () => {
    const path = await write('a.js', 'one\ntwo\nthree\n');
    const editor = await vscode.window.showTextDocument(uriOf(path));
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    await withBoxes(['Replace Selection'], () => apply('js', 'other(1);\nand(2);\n'));
    await changes.accept(diffs()[0]?.modified);
    assert.equal(activeText(), 'one\nother(1);\nand(2);\nthree\n');
  });

  it('say so where an editor takes nothing', async () => {
    const path = await write('a.js', text);
    const editor = await vscode.window.showTextDocument(uriOf(path));
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    await assert.rejects(insertCode(editor, code), /cannot be changed/);
    await insertCode(editor, ' \n');
    assert.equal(editor.document.getText(), text);
  });

  it('go into the cell of a notebook that has the cursor, and nowhere else', async () => {
    const cell = { cell_type: 'code', source: ['1\n'], metadata: {}, outputs: [], execution_count: null };
    const path = await write(
      'a.ipynb',
      JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    const notebook = await vscode.workspace.openNotebookDocument(uriOf(path));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, 'vscode-notebook-cell');
    assert.ok(editor);
    await insertCode(editor, 'x = 2\n');
    assert.match(notebook.cellAt(0).document.getText(), /x = 2/);
    await assert.rejects(apply('python', 'x = 3\n'), /is a notebook/);
  });

  it('are saved under the name that the code tells, and what is typed meanwhile stays', async () => {
    const other = await vscode.window.showTextDocument(uriOf(await write('b.js', 'b')));
    await other.edit((builder) => builder.insert(new vscode.Position(0, 0), 'typed '));
    for (const typed of ['', '// typed\n']) {
      const path = vscode.workspace.asRelativePath(join(folder, `c${typed.length}.js`), false);
      const answer = Promise.withResolvers<string>();
      Object.assign(vscode.window, { showInformationMessage: () => answer.promise });
      await newFile({ code, info: `js:${path}`, before: '' }, platform);
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.isUntitled, true);
      const saved = Promise.withResolvers<void>();
      Object.assign(vscode.window, {
        showTextDocument: async (shown: vscode.TextDocument, options: vscode.TextDocumentShowOptions) => {
          const now = await showTextDocument(shown, options);
          if (now.document.uri.scheme === 'file') saved.resolve();
          else await now.edit((builder) => builder.insert(new vscode.Position(0, 0), typed));
          return now;
        },
      });
      answer.resolve('Save');
      await saved.promise;
      Object.assign(vscode.window, { showTextDocument });
      assert.equal(await readFile(join(root, path), 'utf8'), code);
      assert.equal(editor?.document.isClosed, typed === '');
      assert.equal(other.document.getText(), 'typed b');
    }
  });

  it('are made in large files', async () => {
    const large = Array.from({ length: 150_000 }, (_, i) => `function f${i}() {\n  return ${i};\n}\n`).join(
      '\n',
    );
    const path = await write('a.js', large);
    await apply(`js:${path}`, 'function f7() {\n  return 8;\n}\n');
    await changes.accept(diffs()[0]?.modified);
    assert.equal(activeText(), large.replace('return 7;', 'return 8;'));
  }).timeout(120_000);
});
