import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { StreamedText } from '../../src/host/quickPrompts/sinks/streamedText.ts';
import { useAnswerPlaces } from './support/answers.ts';
import { changed } from './support/editors.ts';

const { CRLF, LF } = vscode.EndOfLine;
const file = 'function outer() {\n    work();\n}\n';

/** Gives a document other line ends. */
async function setLineEnds(editor: vscode.TextEditor, eol: vscode.EndOfLine): Promise<void> {
  await editor.edit((builder) => builder.setEndOfLine(eol));
  assert.equal(editor.document.eol, eol);
}

describe('answers of quick prompts, while something else happens', () => {
  const { open } = useAnswerPlaces();

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
});
