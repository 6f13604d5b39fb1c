import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { StreamedText } from '../../src/host/quickPrompts/sinks/streamedText.ts';
import { goneFrom } from './support/answers.ts';
import { changed, setAutoSave, tidyEditors, undo } from './support/editors.ts';

const line = 'const value = compute(1, 2, 3); // as it was\n';
const answer = Array.from({ length: 60 }, (_, at) => `answer line ${at}\n`);

/** Deltas in turns of the event loop of their own. */
async function pushAll(stream: StreamedText, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    stream.push(text);
    await nextTurn();
  }
}

describe('text that streams into a document', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  let folder: string;
  let streams: StreamedText[];

  before(async () => {
    await setAutoSave('off');
    folder = await mkdtemp(join(root, 'streams-'));
  });
  after(async () => {
    await setAutoSave(undefined);
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    streams = [];
  });
  afterEach(async () => {
    for (const stream of streams) stream.dispose();
    await tidyEditors();
  });

  async function open(name: string, content: string): Promise<vscode.TextEditor> {
    const file = join(folder, name);
    await writeFile(file, content);
    return vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
  }
  function streamInto({ document }: { document: vscode.TextDocument }, at: vscode.Position): StreamedText {
    const stream = new StreamedText(document, document.offsetAt(at));
    streams.push(stream);
    return stream;
  }
  for (const end of ['\n', '\r\n']) {
    it(`keeps the line ends (${JSON.stringify(end)}), and one undo restores the file byte for byte`, async () => {
      const content = `\uFEFF${line.repeat(20).replaceAll('\n', end)}last`;
      const editor = await open(`undo-${end.length}.ts`, content);
      const before = editor.document.getText();
      const stream = streamInto(editor, new vscode.Position(10, 5));
      // So that there are many edits.
      for (const text of answer.slice(0, 12)) {
        const shown = changed(editor.document, text.trim());
        stream.push(text);
        await shown;
      }
      assert.equal(await stream.finish(), 'whole');
      const expected = answer.slice(0, 12).join('').replaceAll('\n', end);
      assert.equal(editor.document.getText(stream.range), expected);
      assert.equal(editor.document.getText().replace(expected, ''), before);
      // What is typed then is a step of its own.
      await vscode.commands.executeCommand('type', { text: 'x' });
      await undo();
      assert.equal(editor.document.getText().replace(expected, ''), before);
      await undo();
      assert.equal(editor.document.getText(), before);
      await editor.document.save();
      assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), content);
    });
  }

  it('leaves what is typed elsewhere whole while 1,000 deltas stream into 5,000 lines', async () => {
    const editor = await open('typing.ts', line.repeat(5000));
    const { document } = editor;
    const stream = streamInto(editor, new vscode.Position(2500, 0));
    const deltas = Array.from({ length: 1000 }, (_, at) => `${at % 10}${at % 10 === 9 ? '\n' : ''}`);
    let typed = '';
    const typing = async (): Promise<void> => {
      for (let key = 0; stream.state === 'growing' && key < 200; key += 1) {
        // Above, and below in turn.
        const at =
          key % 2 === 0 ? new vscode.Position(1, 0) : document.lineAt(document.lineCount - 2).range.end;
        editor.selection = new vscode.Selection(at, at);
        await vscode.commands.executeCommand('type', { text: 'x' });
        typed += 'x';
        await Promise.race([written(), over.promise]);
      }
    };
    const over = Promise.withResolvers<void>();
    const written = (): Promise<void> => changed(document, '1');
    const keys = typing();
    for (const delta of deltas) {
      stream.push(delta);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.equal(await stream.finish(), 'whole');
    over.resolve();
    await keys;
    const whole = deltas.join('');
    assert.equal(document.getText(stream.range), whole);
    const rest = document.getText().replace(whole, '');
    assert.equal(rest.length, line.length * 5000 + typed.length);
    assert.equal(rest.replaceAll('x', ''), line.repeat(5000).replaceAll('x', ''));
    assert.ok(typed.length > 0);
    assert.equal(await stream.remove(), true);
    assert.equal(document.getText(), rest);
  });

  it('is cut where somebody edits what has come, and says so', async () => {
    const editor = await open('conflict.ts', line.repeat(3));
    const stream = streamInto(editor, new vscode.Position(1, 0));
    const shown = changed(editor.document, 'first\nsecond');
    stream.push('first\nsecond\n');
    await shown;
    await editor.edit((builder) => builder.insert(new vscode.Position(1, 3), 'HERE'));
    await pushAll(stream, answer);
    assert.equal(await stream.finish(), 'cut');
    assert.equal(editor.document.getText(), `${line}firHEREst\nsecond\n${line}${line}`);
    assert.equal(await stream.remove(), false);
  });

  it('goes on where only its blanks change, as when a file is formatted', async () => {
    const editor = await open('formatted.ts', line.repeat(2));
    const stream = streamInto(editor, new vscode.Position(1, 0));
    const shown = changed(editor.document, 'second');
    stream.push('first  \nsecond\n');
    await shown;
    await editor.edit((builder) => {
      builder.delete(new vscode.Range(1, 5, 1, 7));
      builder.insert(new vscode.Position(2, 0), '  ');
    });
    stream.push('third\n');
    assert.equal(await stream.finish(), 'whole');
    assert.equal(editor.document.getText(), `${line}first\n  second\nthird\n${line}`);
    assert.equal(await stream.remove(), true);
    assert.equal(editor.document.getText(), line.repeat(2));
  });

  it('is cut by an undo', async () => {
    const editor = await open('undone.ts', line.repeat(3));
    const stream = streamInto(editor, new vscode.Position(1, 0));
    const shown = changed(editor.document, 'first');
    stream.push('first\n');
    await shown;
    await undo();
    await pushAll(stream, answer);
    assert.equal(await stream.finish(), 'cut');
    assert.equal(editor.document.getText(), line.repeat(3));
  });

  it('goes on in the editor that is shown again, and stands there at the end if none is', async () => {
    const other = await open('other.ts', line);
    for (const isShownAgain of [true, false]) {
      const editor = await open(`hidden-${isShownAgain}.ts`, line.repeat(3));
      const { document } = editor;
      const stream = streamInto(editor, new vscode.Position(1, 0));
      const shown = changed(document, 'first');
      stream.push('first\n');
      await shown;
      await vscode.window.showTextDocument(other.document, { preview: false });
      stream.push('hidden\n');
      await nextTurn();
      if (isShownAgain) {
        const added = changed(document, 'hidden');
        await vscode.window.showTextDocument(document, { preview: false });
        await added;
      }
      stream.push('last\n');
      assert.equal(await stream.finish(), 'whole');
      assert.equal(document.getText(), `${line}first\nhidden\nlast\n${line}${line}`);
      await vscode.window.showTextDocument(document);
      await undo();
      if (!isShownAgain) await undo();
      assert.equal(document.getText(), line.repeat(3));
    }
  });

  it('ends when its tab is closed', async () => {
    const editor = await open('closed.ts', line);
    const stream = streamInto(editor, new vscode.Position(1, 0));
    const gone = goneFrom(stream);
    stream.push('first\n');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await gone;
    stream.push('second\n');
    assert.equal(await stream.finish(), 'gone');
    assert.equal(await readFile(join(folder, 'closed.ts'), 'utf8'), line);
  });

  it('goes on where its document is saved under a name, or changes its language', async () => {
    const uri = vscode.Uri.file(join(folder, 'named.txt'));
    const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
    await vscode.window.showTextDocument(document, { preview: false });
    const stream = streamInto({ document }, new vscode.Position(0, 0));
    const shown = changed(document, 'first');
    stream.push('first\n');
    await shown;
    await vscode.commands.executeCommand('workbench.action.files.save');
    assert.equal(await readFile(uri.fsPath, 'utf8'), 'first\n');
    assert.equal(stream.document.uri.toString(), uri.toString());
    const added = changed(stream.document, 'second');
    stream.push('second\n');
    await added;
    await vscode.languages.setTextDocumentLanguage(stream.document, 'javascript');
    stream.push('third\n');
    assert.equal(await stream.finish(), 'whole');
    assert.equal(stream.document.getText(), 'first\nsecond\nthird\n');
    const gone = goneFrom(stream);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await gone;
  });

  it('is refused where nothing can be written', async () => {
    const editor = await open('session.ts', line);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    const stream = streamInto(editor, new vscode.Position(1, 0));
    stream.push('first\n');
    assert.equal(await stream.finish(), 'refused');
    assert.equal(editor.document.getText(), line);
    await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
  });

  it('begins anew where the server has another answer', async () => {
    const editor = await open('anew.ts', line.repeat(2));
    const stream = streamInto(editor, new vscode.Position(1, 0));
    const shown = changed(editor.document, 'half');
    stream.push('half of it\n');
    await shown;
    stream.restart();
    stream.push('all of it\n');
    assert.equal(await stream.finish(), 'whole');
    assert.equal(editor.document.getText(), `${line}all of it\n${line}`);
    await undo();
    assert.equal(editor.document.getText(), line.repeat(2));
  });

  it('streams into untitled documents, cells of notebooks, and files of 10 MB', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: 'a\n' });
    const data = new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'a\n', 'python'),
    ]);
    const large = await open('large.txt', line.repeat((10 * 1024 * 1024) / line.length));
    for (const document of [
      untitled,
      (await vscode.workspace.openNotebookDocument('jupyter-notebook', data)).cellAt(0).document,
      large.document,
    ]) {
      if (document.uri.scheme === 'vscode-notebook-cell') {
        const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.path === document.uri.path);
        if (notebook) await vscode.window.showNotebookDocument(notebook);
      } else await vscode.window.showTextDocument(document, { preview: false });
      const stream = streamInto({ document }, new vscode.Position(1, 0));
      await pushAll(stream, answer);
      assert.equal(await stream.finish(), 'whole', document.uri.scheme);
      assert.equal(document.getText(stream.range), answer.join(''));
    }
  });
});
