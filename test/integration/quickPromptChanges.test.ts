import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { pushAll, useAnswerPlaces } from './support/answers.ts';
import { activeDocument, diffShown, shownDiff, undo } from './support/editors.ts';

const file = 'function outer() {\n    work();\n}\n';
const code = 'if (ready) {\n  start();\n\n  go();\n}';
const answer = `Here it is:\n\n\`\`\`js\n${code}\n\`\`\`\n\nIt starts when ready.`;
/** As it stands in place of the selection. */
const placed = code.replace(/\n(?=.)/g, '\n    ');

describe('answers of quick prompts to a selection', () => {
  const { changes, sinks, open, place, put } = useAnswerPlaces();

  it('replace the selection when their diff is accepted, which has to be whole first', async () => {
    const content = `\uFEFF${file}${file}`.replaceAll('\n', '\r\n');
    const editor = await open('replace.js', content);
    const before = editor.document.getText();
    // From the start of the line to behind its end.
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    const sink = await sinks.open('replace', place({ editor }));
    pushAll(sink, answer.slice(0, 50));
    await diffShown();
    const shown = shownDiff();
    await assert.rejects(changes.accept(shown?.modified), /still coming/);
    pushAll(sink, answer.slice(50));
    assert.deepEqual(await sink.end('answered'), { isEmpty: false });
    assert.equal(editor.document.getText(), before);
    await changes.accept(shown?.modified);
    const expected = before.replace('work();', placed.replaceAll('\n', '\r\n'));
    assert.equal(activeDocument().getText(), expected);
    await activeDocument().save();
    assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), `\uFEFF${expected}`);
    await undo();
    await activeDocument().save();
    assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), content);
    sink.dispose();
  });

  it('change nothing when their diff is closed, and that stops them', async () => {
    const editor = await open('closed.js', file);
    editor.selection = new vscode.Selection(1, 4, 1, 11);
    const sink = await sinks.open('replace', place({ editor }));
    const closed = new Promise<void>((resolve) => sink.onClosed(() => resolve()));
    sink.push(`\`\`\`js\n${code}\n`);
    await diffShown();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await closed;
    sink.push('more\n');
    assert.deepEqual(await sink.end('stopped'), { isEmpty: true });
    assert.equal(shownDiff(), undefined);
    assert.equal(editor.document.getText(), file);
    sink.dispose();
  });

  it('come beside what the person does meanwhile, and are accepted and rejected from there', async () => {
    const { document } = await open('waiting.js', file);
    const inFront = () => vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
    const ask = async (more: object) => {
      const editor = await inFront();
      const at = document.positionAt(document.getText().indexOf('work();'));
      editor.selection = new vscode.Selection(at, at.translate(0, 7));
      return sinks.open('replace', place({ editor, ...more }));
    };
    const type = async () => (await inFront()).edit((edit) => edit.insert(new vscode.Position(0, 0), '//\n'));
    const cases = [
      ['another file', {}, () => open('other.js', 'let other;\n')],
      ['typing', {}, type],
      ['the panel', { isInPanel }, () => Promise.resolve()],
    ] as const;
    for (const [what, more, meanwhile] of cases) {
      const sink = await ask(more);
      await meanwhile();
      const active = vscode.window.activeTextEditor;
      pushAll(sink, answer);
      assert.deepEqual(await sink.end('answered'), { isEmpty: false });
      sink.dispose();
      assert.equal(vscode.window.activeTextEditor, active, what);
      assert.equal(shownDiff(), undefined, what);
      if (what !== 'the panel') await changes.reject(undefined);
    }
    const sink = await ask({});
    pushAll(sink, answer);
    await sink.end('answered');
    sink.dispose();
    assert.ok(shownDiff());
    await inFront();
    await assert.rejects(changes.accept(undefined), /Several changes/);
    await vscode.commands.executeCommand('workbench.action.closeOtherEditors');
    await changes.accept(undefined);
    assert.equal(activeDocument().getText(), `//\n${file.replace('work();', placed)}`);
  });

  it('propose nothing where the whole answer turns out to be empty', async () => {
    const editor = await open('refused.js', file);
    editor.selection = new vscode.Selection(1, 4, 1, 11);
    const sink = await sinks.open('replace', place({ editor }));
    sink.push(`\`\`\`js\n${code}\n`);
    await diffShown();
    sink.replace('');
    assert.deepEqual(await sink.end('answered'), { isEmpty: true });
    assert.equal(shownDiff(), undefined);
  });

  it('are told to be no block of code where they may be a sentence', async () => {
    const { showInformationMessage } = vscode.window;
    for (const [text, isTold] of [
      ['I cannot do that.', true],
      [answer, false],
    ] as const) {
      const editor = await open('sentence.js', file);
      editor.selection = new vscode.Selection(1, 4, 1, 11);
      const said: string[] = [];
      Object.assign(vscode.window, {
        showInformationMessage: (message: string) => {
          said.push(message);
          return Promise.resolve(undefined);
        },
      });
      try {
        await put('replace', text, place({ editor }));
      } finally {
        Object.assign(vscode.window, { showInformationMessage });
      }
      assert.equal(/has no block of code/.test(said.join()), isTold, said.join());
      await changes.reject(shownDiff()?.modified);
    }
  });

  it('are found a place anew where the file was changed meanwhile, and say where nothing changes', async () => {
    const editor = await open('moved.js', file);
    editor.selection = new vscode.Selection(1, 4, 1, 11);
    await put('replace', answer, place({ editor }));
    const shown = shownDiff();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(0, 0), '// typed\n');
    await vscode.workspace.applyEdit(edit);
    await changes.accept(shown?.modified);
    await changes.accept(shown?.modified);
    assert.equal(activeDocument().getText(), `// typed\n${file.replace('work();', placed)}`);
    const twice = await open('twice.js', file);
    twice.selection = new vscode.Selection(1, 4, 1, 11);
    await put('replace', answer, place({ editor: twice }));
    const unclear = shownDiff();
    const another = new vscode.WorkspaceEdit();
    another.insert(twice.document.uri, new vscode.Position(0, 0), 'work();\n');
    await vscode.workspace.applyEdit(another);
    await assert.rejects(changes.accept(unclear?.modified), /not clear/);
    assert.equal(twice.document.getText(), `work();\n${file}`);
    await changes.reject(unclear?.modified);
    const same = await open('same.js', file);
    same.selection = new vscode.Selection(1, 4, 1, 11);
    const { problem } = await put('replace', '```js\nwork();\n```', place({ editor: same }));
    assert.match(problem ?? '', /has this code already/);
    assert.equal(shownDiff(), undefined);
  });
});

function isInPanel(): boolean {
  return true;
}
