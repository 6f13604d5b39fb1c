import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions.ts';
import { createServer, type RunningServer } from '../server/server.ts';
import { setAutoSave, tidyEditors } from './support/editors.ts';
import { modelOnce } from './support/models.ts';
import { bodyOf, completions } from './support/requests.ts';
import { connectionTo, resetSettings, setConnections } from './support/settings.ts';

const text = 'one\n\nbad line\n\nthree\n';

describe('code actions of quick prompts', () => {
  const problems = vscode.languages.createDiagnosticCollection('quick prompts');
  let server: RunningServer;
  let folder: string;
  let [file, other]: vscode.Uri[] = [];

  before(async () => {
    await setAutoSave('off');
    server = await createServer();
    await setConnections({ tachyon: connectionTo(server) });
    await modelOnce('tachyon/tachyon/demo');
    folder = await mkdtemp(join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'actions-'));
  });

  beforeEach(async () => {
    const paths = ['a.txt', 'b.txt'].map((name) => join(folder, name));
    for (const path of paths) await writeFile(path, text);
    [file, other] = paths.map((path) => vscode.Uri.file(path));
    assert.ok(file);
    const range = new vscode.Range(2, 0, 2, 3);
    problems.set(file, [new vscode.Diagnostic(range, 'It is bad.', vscode.DiagnosticSeverity.Error)]);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand(commands.stopQuickPrompt);
    await tidyEditors();
  });

  after(async () => {
    problems.dispose();
    await rm(folder, { recursive: true });
    await setAutoSave(undefined);
    await resetSettings();
    await server.close();
  });

  it('are those that fit: a fix where there is a problem, the others where something is selected', async () => {
    assert.ok(file);
    await vscode.workspace.openTextDocument(file);
    assert.deepEqual(await offered(new vscode.Range(0, 0, 0, 0)), []);
    assert.deepEqual(await offered(new vscode.Range(2, 1, 2, 1)), ['Fix']);
    assert.deepEqual(await offered(new vscode.Range(0, 0, 0, 3)), [
      'Document',
      'Explain',
      'Refactor',
      'Write Tests',
    ]);
    assert.deepEqual(await offered(new vscode.Range(0, 0, 4, 0), vscode.CodeActionKind.QuickFix), ['Fix']);
  });

  it('are about the file that they are offered for, shown or not', async () => {
    assert.ok(file && other);
    const editor = await vscode.window.showTextDocument(other);
    editor.selection = new vscode.Selection(0, 0, 0, 3);
    const before = completions(server).length;
    await vscode.commands.executeCommand(commands.fix, file, new vscode.Range(2, 0, 2, 3));
    assert.equal(completions(server).length, before + 1);
    const prompt = lastPrompt();
    assert.match(prompt, /a\.txt, lines 3-3:.*bad line.*a\.txt:3:1 error It is bad\./);
    assert.doesNotMatch(prompt, /b\.txt/);
  });

  it('take the symbol around a problem', async () => {
    assert.ok(other);
    const symbols = vscode.languages.registerDocumentSymbolProvider(
      { pattern: '**/b.txt' },
      {
        provideDocumentSymbols: () => {
          const name = new vscode.Range(2, 0, 2, 3);
          const range = new vscode.Range(2, 0, 4, 2);
          return [new vscode.DocumentSymbol('bad', '', vscode.SymbolKind.Function, range, name)];
        },
      },
    );
    try {
      await vscode.commands.executeCommand(commands.fix, other, new vscode.Range(2, 0, 2, 3));
    } finally {
      symbols.dispose();
    }
    assert.match(lastPrompt(), /b\.txt, lines 3-5:.*bad line[^]*three/);
  });

  it('leave out a problem at the beginning of the line after the selected ones', async () => {
    assert.ok(file);
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    await vscode.commands.executeCommand(commands.fix);
    assert.match(lastPrompt(), /a\.txt, lines 1-2:.*no problem that VS Code reports/);
  });

  function lastPrompt(): string {
    return JSON.stringify(bodyOf(completions(server).at(-1)));
  }

  async function offered(range: vscode.Range, kind?: vscode.CodeActionKind): Promise<string[]> {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      file,
      range,
      ...(kind ? [kind.value] : []),
    );
    const ours = actions.map(({ title }) => title).filter((title) => title.endsWith(' with Tachyon'));
    return ours.map((title) => title.replace(' with Tachyon', '')).toSorted();
  }
});
