import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { StreamedText } from '../../src/host/quickPrompts/sinks/streamedText.ts';
import { useAnswerPlaces } from './support/answers.ts';
import { activeDocument, changed, shownDiff, untitledDocument } from './support/editors.ts';

const { CRLF, LF } = vscode.EndOfLine;
const file = 'function outer() {\n    work();\n}\n';
const answer = '```js\nfirst();\nsecond();\n```\n';
const half = '```js\nfirst();\nsec';

/** Gives a document other line ends. */
async function setLineEnds(editor: vscode.TextEditor, eol: vscode.EndOfLine): Promise<void> {
  await editor.edit((builder) => builder.setEndOfLine(eol));
  assert.equal(editor.document.eol, eol);
}

describe('answers of quick prompts, while something else happens', () => {
  const { changes, sinks, open, place, put } = useAnswerPlaces();

  it('keep their place where the line ends of the file become others', async () => {
    const editor = await open('ends.js', file.repeat(20));
    const { document } = editor;
    const stream = new StreamedText(document, document.offsetAt(new vscode.Position(31, 0)));
    await setLineEnds(editor, CRLF);
    await setLineEnds(editor, LF);
    const shown = changed(document, 'first');
    stream.push('first();\n');
    await shown;
    await setLineEnds(editor, CRLF);
    stream.push('second();\n');
    assert.equal(await stream.finish(), 'whole');
    const text = `${file.repeat(10)}function outer() {\nfirst();\nsecond();\n    work();\n}\n${file.repeat(9)}`;
    assert.equal(document.getText(), text.replaceAll('\n', '\r\n'));
    await setLineEnds(editor, LF);
    assert.equal(document.getText(stream.range), 'first();\nsecond();\n');
    await setLineEnds(editor, CRLF);
    await setLineEnds(editor, LF);
    assert.equal(await stream.remove(), true);
    assert.equal(document.getText(), file.repeat(20));
    stream.dispose();
  });

  it('say so where their place is gone before they begin, and not where only blanks go', async () => {
    const editor = await open('gone.js', file);
    const { document } = editor;
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    const sink = await sinks.open('insert', place({ editor }));
    await editor.edit((builder) => builder.replace(new vscode.Range(0, 0, 2, 1), 'other();'));
    sink.push(answer);
    const { isEmpty, problem } = await sink.end('answered');
    assert.match(problem ?? '', /or its place, was taken out of .*gone\.js/);
    assert.equal(isEmpty, false);
    assert.equal(document.getText(), 'other();\n');
    sink.dispose();
    const blank = await open('blank.js', 'a();   b();\n');
    blank.selection = new vscode.Selection(0, 6, 0, 6);
    const next = await sinks.open('insert', place({ editor: blank }));
    await blank.edit((builder) => builder.delete(new vscode.Range(0, 4, 0, 7)));
    next.push(answer);
    assert.deepEqual(await next.end('answered'), { isEmpty: false });
    assert.equal(blank.document.getText(), 'a();first();\nsecond();b();\n');
    next.dispose();
  });

  it('are indented also where a save took the blanks before the cursor', async () => {
    const editor = await open('trimmed.js', 'if (a) {\n    \n}\n');
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    const sink = await sinks.open('insert', place({ editor }));
    await editor.edit((builder) => builder.delete(new vscode.Range(1, 0, 1, 4)));
    sink.push(answer);
    await sink.end('answered');
    sink.dispose();
    assert.equal(editor.document.getText(), 'if (a) {\n    first();\n    second();\n}\n');
  });

  it('go where the cursor stood when they were asked, wherever the person has gone since', async () => {
    const editor = await open('cursor.js', file);
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    const at = place({ editor });
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// typed\n'));
    await put('insert', answer, at);
    const placed = 'first();\n    second();\n    work();';
    assert.equal(editor.document.getText(), `// typed\n${file.replace('work();', placed)}`);
  });

  it('replace what was selected when they were asked, and nothing that was changed since', async () => {
    const editor = await open('selected.js', file + file);
    editor.selection = new vscode.Selection(1, 4, 1, 11);
    const at = place({ editor });
    editor.selection = new vscode.Selection(4, 4, 4, 11);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// typed\n'));
    await put('replace', answer, at);
    await changes.accept(shownDiff()?.modified);
    const replaced = file.replace('work();', 'first();\n    second();');
    assert.equal(activeDocument().getText(), `// typed\n${replaced}${file}`);
    const other = await open('other.js', file);
    other.selection = new vscode.Selection(1, 4, 1, 11);
    const again = place({ editor: other });
    await other.edit((builder) => builder.replace(new vscode.Range(1, 5, 1, 8), 'x'));
    await assert.rejects(sinks.open('replace', again), /is changed by now/);
  });

  it('go nowhere where their file was closed before they began', async () => {
    const editor = await open('left.js', file);
    const at = place({ editor });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await assert.rejects(sinks.open('insert', at), /Put the cursor/);
  });

  it('take the place of the half one that failed, unless somebody edited that', async () => {
    const editor = await open('again.js', file);
    const { document } = editor;
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    const first = place({ editor });
    await put('insert', half, first, 'failed');
    assert.match(document.getText(), /first\(\);\n {4}sec\n/);
    const second = place({ editor, again: first.id });
    await put('insert', answer, second);
    const whole = file.replace('work();', 'first();\n    second();\n    work();');
    assert.equal(document.getText(), whole);
    await editor.edit((builder) => builder.insert(new vscode.Position(1, 5), 'HERE'));
    const mine = document.getText();
    const last = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(last, last);
    await put('insert', answer, place({ editor, again: second.id }));
    assert.equal(document.getText(), `${mine}first();\nsecond();`);
    // One with a document of its own stays there.
    const own = place();
    await put('editor', 'Half', own, 'failed');
    const { uri } = untitledDocument();
    await put('editor', 'Whole', place({ again: own.id }));
    const kept = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    assert.match(kept?.getText() ?? '', /Half/);
  });

  it('come in the end where others are always faster', async () => {
    const editor = await open('faster.js', file);
    const { document } = editor;
    const stream = new StreamedText(document, document.offsetAt(new vscode.Position(2, 0)));
    let keys = 150;
    const typed = Promise.withResolvers<void>();
    // One key is always on its way: what is written then is for a text that is no more.
    const type = () => {
      if ((keys -= 1) < 0) typed.resolve();
      else void vscode.commands.executeCommand('type', { text: 'x' });
    };
    const typing = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.some(({ text }) => text === 'x')) type();
    });
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    type();
    stream.push('first();\n');
    await typed.promise;
    typing.dispose();
    assert.equal(await stream.finish(), 'whole');
    assert.equal(document.getText().replace(/^x+/, ''), file.replace('}', 'first();\n}'));
    stream.dispose();
  });

  it('go on where their editor is moved to another group', async () => {
    const { document } = await open('moved.js', file);
    const stream = new StreamedText(document, 0);
    const shown = changed(document, 'first');
    stream.push('first();\n');
    await shown;
    const opened = new Promise((resolve) => vscode.window.onDidChangeActiveTextEditor(resolve));
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    await opened;
    stream.push('second();\n');
    assert.equal(await stream.finish(), 'whole');
    assert.equal(document.getText(), `first();\nsecond();\n${file}`);
    stream.dispose();
  });
});
