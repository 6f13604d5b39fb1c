import assert from 'node:assert/strict';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { applyCode } from '../../src/host/code/applyCode.ts';
import { insertCode } from '../../src/host/code/insertCode.ts';
import { newFile } from '../../src/host/code/newFile.ts';
import { ProposedChanges } from '../../src/host/code/proposedChanges.ts';
import { runCode } from '../../src/host/code/runCode.ts';

const platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
  realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
};
const text = 'const limit = 10;\n\nfunction add(x, y) {\n  return x + y;\n}\n\nconst last = 1;\n';
const code = 'function add(x, y, z) {\n  return x + y + z;\n}\n';
const changed = text.replace('x, y', 'x, y, z').replace('x + y', 'x + y + z');

function activeEditor(): Promise<vscode.TextEditor | undefined> {
  return Promise.resolve(vscode.window.activeTextEditor);
}

function autoSave(value: 'off' | undefined): Thenable<void> {
  const settings = vscode.workspace.getConfiguration('files');
  return settings.update('autoSave', value, vscode.ConfigurationTarget.Global);
}

function undo(): Thenable<unknown> {
  return vscode.commands.executeCommand('undo');
}

function activeText(): string | undefined {
  return vscode.window.activeTextEditor?.document.getText();
}

function shownDiff(): vscode.TabInputTextDiff | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff ? input : undefined;
}

describe('code of a model in files', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  let changes: ProposedChanges;
  let folder: string;
  let elsewhere: string;

  before(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'tachyon-elsewhere-'));
    changes = new ProposedChanges();
    // In a browser VS Code saves by itself.
    await autoSave('off');
  });
  after(async () => {
    changes.dispose();
    await autoSave(undefined);
    await rm(elsewhere, { recursive: true });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(root, 'code-'));
  });
  afterEach(async () => {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (!document.isDirty) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });

  /** The path of a new file, as a model writes it. */
  async function write(name: string, content: string | Uint8Array): Promise<string> {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    return vscode.workspace.asRelativePath(file, false);
  }
  const uriOf = (path: string): vscode.Uri => vscode.Uri.file(join(root, path));
  const bytesOf = (path: string): Promise<Buffer> => readFile(join(root, path));
  const apply = (info: string, source = code, before = ''): Promise<void> =>
    applyCode({ code: source, info, before }, activeEditor, platform, changes);

  it('change the document when they are accepted, and one undo restores it', async () => {
    const path = await write('a.js', text);
    await apply(`js:${path}`);
    assert.equal(shownDiff()?.original.toString(), uriOf(path).toString());
    assert.equal(String(await bytesOf(path)), text);
    await changes.accept(shownDiff()?.modified);
    assert.equal(shownDiff(), undefined);
    assert.equal(activeText(), changed);
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, true);
    assert.equal(String(await bytesOf(path)), text);
    await undo();
    assert.equal(activeText(), text);
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, false);
  });

  it('keep carriage returns, the byte order mark and a missing line end at the end', async () => {
    const windows = `\uFEFF${text.trimEnd().replaceAll('\n', '\r\n')}`;
    const path = await write('a.js', windows);
    await apply(`js:${path}`, `${code}\nconst last = 2;\n`);
    await changes.accept(shownDiff()?.modified);
    await vscode.window.activeTextEditor?.document.save();
    const expected = `\uFEFF${changed.replace('last = 1', 'last = 2').trimEnd().replaceAll('\n', '\r\n')}`;
    assert.equal(String(await bytesOf(path)), expected);
    await undo();
    await vscode.window.activeTextEditor?.document.save();
    assert.equal(String(await bytesOf(path)), windows);
  });

  it('are for the text that is not saved, and do not save it', async () => {
    const path = await write('a.js', text);
    const editor = await vscode.window.showTextDocument(uriOf(path));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// typed\n'));
    await apply('js');
    await changes.accept(undefined);
    assert.equal(activeText(), `// typed\n${changed}`);
    assert.equal(String(await bytesOf(path)), text);
    await undo();
    assert.equal(activeText(), `// typed\n${text}`);
  });

  it('are made anew where the file was changed meanwhile, and shown once more', async () => {
    const path = await write('a.js', text);
    await apply(`js:${path}`);
    const shown = shownDiff();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uriOf(path), new vscode.Position(0, 0), '// typed\n');
    await vscode.workspace.applyEdit(edit);
    await changes.accept(shown?.modified);
    const document = await vscode.workspace.openTextDocument(uriOf(path));
    assert.equal(document.getText(), `// typed\n${text}`);
    assert.equal(shownDiff()?.modified.toString(), shown?.modified.toString());
    await changes.accept(shown?.modified);
    assert.equal(activeText(), `// typed\n${changed}`);
  });

  it('change nothing when they are rejected or closed', async () => {
    const path = await write('a.js', text);
    for (const isClosed of [false, true]) {
      await apply(`js:${path}`);
      const shown = shownDiff();
      if (isClosed) await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      else await changes.reject(shown?.modified);
      assert.equal(shownDiff(), undefined);
      await changes.accept(shown?.modified);
      const document = await vscode.workspace.openTextDocument(uriOf(path));
      assert.deepEqual([document.getText(), document.isDirty], [text, false]);
      assert.equal(String(await bytesOf(path)), text);
    }
  });

  it('make a file that is not there when they are accepted, and not before', async () => {
    const path = vscode.workspace.asRelativePath(join(folder, 'new', 'b.js'), false);
    await apply(`js:${path}`);
    await assert.rejects(bytesOf(path));
    await changes.reject(undefined);
    await assert.rejects(bytesOf(path));
    await apply(`js:${path}`);
    await changes.accept(undefined);
    assert.equal(String(await bytesOf(path)), code);
    assert.equal(activeText(), code);
  });

  it('do not overwrite a file that was made meanwhile', async () => {
    const path = vscode.workspace.asRelativePath(join(folder, 'c.js'), false);
    await apply(`js:${path}`);
    await write('c.js', text);
    await changes.accept(undefined);
    assert.equal(String(await bytesOf(path)), text);
    await changes.accept(undefined);
    assert.equal(activeText(), changed);
  });

  it('are refused where a link leads out of the workspace', async () => {
    await writeFile(join(elsewhere, 'a.js'), text);
    await symlink(join(elsewhere, 'a.js'), join(folder, 'file.js'));
    await symlink(elsewhere, join(folder, 'linked'));
    await symlink(join(elsewhere, 'missing.js'), join(folder, 'dangling.js'));
    for (const name of ['file.js', 'linked/a.js', 'linked/new.js', 'linked/deep/new.js', 'dangling.js']) {
      const path = vscode.workspace.asRelativePath(join(folder, name), false);
      await assert.rejects(apply(`js:${path}`), /outside of the workspace/, name);
    }
    await assert.rejects(apply(`js:${join(elsewhere, 'a.js')}`), /in no open folder/);
    assert.equal(await readFile(join(elsewhere, 'a.js'), 'utf8'), text);
  });

  it('are refused with a reason for files that cannot be changed', async () => {
    const large = await write('large.js', '');
    await truncate(join(root, large), 10 * 1024 * 1024 + 1);
    const readOnly = await write('read-only.js', text);
    await chmod(join(root, readOnly), 0o444);
    for (const [path, reason] of [
      [large, /larger than 10 MB/],
      [await write('a.ipynb', '{"cells": []}'), /is a notebook/],
      [await write('binary.js', new Uint8Array([0, 255, 254, 0, 1, 2])), /cannot be read as text/],
      [await write('d.js/e.js', '').then(dirname), /is a folder/],
      [await write('same.js', changed), /has this code already/],
    ] as const) {
      await assert.rejects(apply(`js:${path}`), reason, path);
    }
    // Who may write everywhere is told of no file that it is read-only.
    const { permissions } = await vscode.workspace.fs.stat(uriOf(readOnly));
    if (permissions === vscode.FilePermission.Readonly)
      await assert.rejects(apply(`js:${readOnly}`), /read-only/);
    await assert.rejects(apply('js:../outside.js'), /names no file/);
    await assert.rejects(
      apply('diff', '@@ -1 +1 @@\n-nothing like it\n+x\n', `\`${await write('f.js', text)}\``),
      /does not fit/,
    );
  });

  it('say so where the file was deleted meanwhile', async () => {
    const path = await write('a.js', text);
    await apply(`js:${path}`);
    await rm(join(root, path));
    await assert.rejects(changes.accept(undefined), /no longer there/);
    await assert.rejects(bytesOf(path));
  });

  it('go in at all cursors with the indentation of each, as one step of undo', async () => {
    const path = await write('a.js', 'a(\n    b\n)\n');
    const editor = await vscode.window.showTextDocument(uriOf(path));
    editor.selections = [new vscode.Selection(0, 2, 0, 2), new vscode.Selection(1, 4, 1, 5)];
    await insertCode(editor, '{\n  c\n}\n');
    assert.equal(activeText(), 'a({\n  c\n}\n    {\n      c\n    }\n)\n');
    await undo();
    assert.equal(activeText(), 'a(\n    b\n)\n');
  });

  it('become a new file of their language that is not saved', async () => {
    await newFile({ code, info: 'js', before: '' }, platform);
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual(
      [document?.isUntitled, document?.languageId, document?.getText()],
      [true, 'javascript', code],
    );
  });

  it('are not run where nothing is left of them, or more than a person reads', async () => {
    await assert.rejects(runCode('\u200B\n'), /nothing in it/);
    await assert.rejects(runCode('ls\n'.repeat(100)), /too much/);
  });
});
