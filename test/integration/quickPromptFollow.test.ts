import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { followStream } from '../../src/host/quickPrompts/sinks/followStream.ts';
import { StreamedText } from '../../src/host/quickPrompts/sinks/streamedText.ts';
import { changed, setAutoSave, tidyEditors } from './support/editors.ts';

const lines = 100;
const answer = 'a line of the answer\n'.repeat(lines);

/** Resolves when the editor shows such lines. */
function scrolled(editor: vscode.TextEditor, holds: (range: vscode.Range) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
      if (textEditor !== editor || !visibleRanges.some(holds)) return;
      subscription.dispose();
      resolve();
    });
  });
}

describe('an answer that grows', () => {
  before(() => setAutoSave('off'));
  after(() => setAutoSave(undefined));
  afterEach(tidyEditors);

  it('is followed by its editor, unless the person scrolled away or works in it', async () => {
    const beside = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: answer }),
    );
    /** Resolves when VS Code has done what it was told before, scrolling included. */
    const settled = async (): Promise<void> => {
      const isTop = beside.visibleRanges[0]?.start.line === 0;
      const seen = scrolled(beside, ({ start }) => (start.line === 0) !== isTop);
      const line = isTop ? lines : 0;
      beside.revealRange(new vscode.Range(line, 0, line, 0));
      await seen;
    };
    const document = await vscode.workspace.openTextDocument({ content: '# Title\n' });
    const shown = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const editor = await vscode.window.showTextDocument(document, shown);
    const stream = new StreamedText(document, document.getText().length);
    const following = followStream(stream);
    const more = async (last: string): Promise<void> => {
      const written = changed(document, last);
      stream.push(`${answer}${last}\n`);
      await written;
    };
    const seen = scrolled(editor, ({ end }) => end.line >= lines);
    await more('one');
    await seen;
    const away = scrolled(editor, ({ start }) => start.line === 0);
    editor.revealRange(new vscode.Range(0, 0, 0, 0));
    await away;
    await more('two');
    await settled();
    assert.equal(editor.visibleRanges[0]?.start.line, 0);
    const back = scrolled(editor, ({ end }) => end.line >= 2 * lines);
    editor.revealRange(document.lineAt(document.lineCount - 1).range);
    await back;
    // Where they work they stay.
    await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn ?? shown.viewColumn });
    const at = document.lineAt(document.lineCount - 5).range.end;
    const selected = new Promise((resolve) => vscode.window.onDidChangeTextEditorSelection(resolve));
    editor.selection = new vscode.Selection(at, at);
    await selected;
    const { start } = editor.visibleRanges[0] ?? document.lineAt(0).range;
    await more('three');
    await settled();
    assert.equal(editor.visibleRanges[0]?.start.line, start.line);
    await stream.finish();
    following.dispose();
    stream.dispose();
  });
});
