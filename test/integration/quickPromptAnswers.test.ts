import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { useAnswerPlaces } from './support/answers.ts';
import { changed, undo, untitledDocument } from './support/editors.ts';

const file = 'function outer() {\n    work();\n}\n';
const code = 'if (ready) {\n  start();\n\n  go();\n}';
const answer = `Here it is:\n\n\`\`\`js\n${code}\n\`\`\`\n\nIt starts when ready.`;
/** As it stands at the cursor. */
const placed = code.replace(/\n(?=.)/g, '\n    ');

async function lensTitles({ uri }: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    100,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

describe('answers of quick prompts', () => {
  const { sinks, open, pathOf, place, keep, put } = useAnswerPlaces();

  it('go in at the cursor as code, indented, in the line ends of the file, as one step of undo', async () => {
    for (const end of ['\n', '\r\n']) {
      const content = file.replaceAll('\n', end);
      const editor = await open(`insert-${end.length}.js`, content);
      editor.selection = new vscode.Selection(1, 4, 1, 4);
      const at = place({ editor });
      assert.deepEqual(await put('insert', answer, at), { isEmpty: false });
      const expected = file.replace('    work', `    ${placed}\n    work`).replaceAll('\n', end);
      assert.equal(editor.document.getText(), expected);
      assert.deepEqual(await lensTitles(editor.document), [
        'Continue in Chat',
        'Discard Answer',
        'Show Whole Answer',
        'Done',
      ]);
      await undo();
      assert.equal(editor.document.getText(), content);
      await editor.document.save();
      assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), content);
      assert.deepEqual(await lensTitles(editor.document), []);
      keep(at, answer);
      await sinks.showWhole(at.id);
      assert.equal(untitledDocument().getText(), `# Explain \\*this\\*\n\n> Explain\n> this\n\n${answer}\n`);
    }
  });

  it('are discarded in one step, also where something was typed elsewhere', async () => {
    const editor = await open('discard.js', file);
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    const at = place({ editor });
    await put('insert', answer, at);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// typed\n'));
    await sinks.discard(at.id);
    assert.equal(editor.document.getText(), `// typed\n${file}`);
    assert.deepEqual(await lensTitles(editor.document), []);
  });

  it('say what can be done with them, also where somebody edited them', async () => {
    const editor = await open('lenses.js', file);
    const { document } = editor;
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    const at = place({ editor });
    const sink = await sinks.open('insert', at);
    const written = changed(document, 'start');
    sink.push(answer.slice(0, answer.indexOf('go')));
    await written;
    assert.deepEqual(await lensTitles(document), ['Stop']);
    await editor.edit((builder) => builder.insert(new vscode.Position(1, 5), 'HERE'));
    assert.deepEqual(await lensTitles(document), ['Stop', 'Show Whole Answer']);
    const text = document.getText();
    sink.push(answer.slice(answer.indexOf('go')));
    const { problem } = await sink.end('answered');
    assert.match(problem ?? '', /lenses\.js while it was written/);
    assert.equal(document.getText(), text);
    assert.deepEqual(await lensTitles(document), ['Continue in Chat', 'Show Whole Answer', 'Done']);
    keep(at, answer);
    await sinks.showWhole(at.id);
    assert.ok(untitledDocument().getText().endsWith(`${answer}\n`));
    sinks.dismiss(at.id);
    assert.deepEqual(await lensTitles(document), []);
  });

  it('are never half a fence, wherever they are stopped or fail', async () => {
    const editor = await open('stopped.js', file);
    for (const ending of ['stopped', 'failed'] as const) {
      for (let tenth = 0; tenth <= 10; tenth += 1) {
        editor.selection = new vscode.Selection(1, 4, 1, 4);
        const part = answer.slice(0, Math.floor((answer.length * tenth) / 10));
        const result = await put('insert', part, place({ editor }), ending);
        const text = editor.document.getText();
        if (result.isEmpty) {
          assert.equal(text, file);
          assert.equal(result.problem, tenth === 0 ? undefined : 'The answer ended before its code began.');
          continue;
        }
        const [head = '', tail = ''] = file.split('work');
        assert.ok(text.startsWith(head) && text.endsWith(`work${tail}`), text);
        const written = text.slice(head.length, -`work${tail}`.length).trimEnd();
        assert.ok(written !== '' && placed.startsWith(written), written);
        await undo();
        assert.equal(editor.document.getText(), file);
      }
    }
  });

  it('say so where the code may not be whole or no code at all, and where they are empty', async () => {
    const editor = await open('open.js', file);
    const cut = await put('insert', `\`\`\`js\n${code}\n`, place({ editor }));
    assert.match(cut.problem ?? '', /may not be whole/);
    await undo();
    const sentence = await put('insert', 'I cannot do that.', place({ editor }));
    assert.match(sentence.problem ?? '', /no block of code: all of it was written/);
    await undo();
    for (const empty of ['', ' \n ', '```js\n```'])
      assert.deepEqual(await put('insert', empty, place({ editor })), { isEmpty: true });
    assert.equal(editor.document.getText(), file);
  });

  it('of text go into documents of text as they are', async () => {
    const editor = await open('notes.md', '# Notes\n\n');
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await put('insert', 'Run:\n\n```sh\nnpm start\n```\n\nThen look.\n', place({ editor }));
    assert.equal(editor.document.getText(), '# Notes\n\nRun:\n\n```sh\nnpm start\n```\n\nThen look.');
  });

  it('are refused before anything is sent where nothing can be written', async () => {
    const uri = vscode.Uri.from({ scheme: 'tachyon-text', path: '/none/text.md' });
    const editor = await vscode.window.showTextDocument(uri);
    await assert.rejects(sinks.open('insert', place({ editor })), /read-only/);
    await assert.rejects(sinks.open('insert', place()), /Put the cursor/);
    await assert.rejects(sinks.open('replace', place({ editor })), /Select what/);
    editor.selection = new vscode.Selection(0, 0, 0, 3);
    await assert.rejects(sinks.open('replace', place({ editor })), /read-only/);
    await assert.rejects(sinks.open('scm', place()), /no git repository/);
    await assert.rejects(
      sinks.open('newFile', place({ path: vscode.Uri.file(join(tmpdir(), 'outside.js')) })),
      /outside of the workspace/,
    );
  });

  it('become a Markdown document with title and prompt, which loads nothing and links to lines', async () => {
    const source = await open('source.js', file);
    const path = vscode.workspace.asRelativePath(source.document.uri, false);
    const text = `See [it](${path}#L2), ![a](https://e/x.png) and \`<b>\`, not [that](../../etc/passwd#L1).`;
    const sink = await sinks.open('editor', place({ asked: 'Explain\n![this](https://e/y.png)' }));
    sink.push('See ');
    sink.push(text.slice(4));
    assert.deepEqual(await sink.end('answered'), { isEmpty: false });
    // The person goes on where they were.
    assert.equal(vscode.window.activeTextEditor?.document, source.document);
    const document = untitledDocument();
    const heading = '# Explain \\*this\\*\n\n> Explain\n> [this](https://e/y.png)\n\n';
    assert.equal(document.languageId, 'markdown');
    assert.equal(document.getText(), `${heading}${text.replace('![', '[')}\n`);
    assert.deepEqual((await lensTitles(document)).toSorted(), [
      'Continue in Chat',
      'Done',
      'Open Preview',
      'Open Preview',
    ]);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
      100,
    );
    const own = links.filter(({ target }) => target?.toString() === `${source.document.uri.toString()}#L2`);
    assert.deepEqual(
      own.map(({ range }) => document.getText(range)),
      [`${path}#L2`],
    );
  });

  it('do not link to what a link in the workspace leads out to', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await writeFile(join(outside, 'file.js'), file);
    await symlink(join(outside, 'file.js'), pathOf('link.js'));
    const path = vscode.workspace.asRelativePath(vscode.Uri.file(pathOf('link.js')), false);
    await put('editor', `See [it](${path}#L2).`, place());
    // That is how VS Code tells of a link that leads nowhere.
    const links = vscode.commands.executeCommand('vscode.executeLinkProvider', untitledDocument().uri, 100);
    await assert.rejects(Promise.resolve(links), /missing/);
    await rm(outside, { recursive: true });
  });

  it('become new files of their language, at their path, or the end of the file that is there', async () => {
    await put('newFile', answer, place({ language: 'javascript' }));
    const untitled = untitledDocument();
    assert.deepEqual([untitled.languageId, untitled.getText()], ['javascript', `${code}\n`]);
    const path = vscode.Uri.file(pathOf('new.test.js'));
    await put('newFile', answer, place({ path }));
    const named = vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === path.path);
    assert.deepEqual(
      [named?.document.isUntitled, named?.document.languageId, named?.document.getText()],
      [true, 'javascript', `${code}\n`],
    );
    const there = await open('there.test.js', 'last();');
    const sink = await sinks.open('newFile', place({ path: there.document.uri }));
    sink.push('```js\nhalf();\n');
    sink.replace(answer);
    await sink.end('answered');
    assert.equal(there.document.getText(), `last();\n\n${code}\n`);
    await undo();
    assert.equal(there.document.getText(), 'last();');
  });

  it('stop when the document is closed before they come, and not when another takes its place', async () => {
    await open('early.js', file);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(pathOf('early.js')), {
      preview: true,
    });
    const sink = await sinks.open('insert', place({ editor }));
    await writeFile(pathOf('other.js'), file);
    await vscode.window.showTextDocument(vscode.Uri.file(pathOf('other.js')), { preview: true });
    const closed = new Promise<void>((resolve) => sink.onClosed(() => resolve()));
    const written = changed(editor.document);
    sink.push(answer);
    await vscode.window.showTextDocument(editor.document);
    await written;
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closed;
    sink.dispose();
  });

  it('of several prompts at one cursor stand one after another', async () => {
    const editor = await open('both.js', '');
    const [first, second] = [
      await sinks.open('insert', place({ editor })),
      await sinks.open('insert', place({ editor })),
    ];
    first.push('```js\nfirst();\n');
    await changed(editor.document);
    second.push('```js\nsecond();\n');
    await changed(editor.document);
    first.push('more();\n```\n');
    second.push('more();\n```\n');
    assert.deepEqual(await Promise.all([first.end('answered'), second.end('answered')]), [
      { isEmpty: false },
      { isEmpty: false },
    ]);
    const [one, other] = ['first', 'second'].map((name) => `${name}();\nmore();`);
    const text = editor.document.getText();
    assert.ok([`${one}\n${other}`, `${other}\n${one}`].includes(text), text);
  });
});
