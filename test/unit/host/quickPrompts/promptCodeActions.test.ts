import assert from 'node:assert/strict';
import { standInForVscode, uriOf } from '../vscodeFiles.ts';
import { parts, workspace } from '../vscodeParts.ts';

standInForVscode();
const { registerPromptCodeActions } = await import('../../../../src/host/quickPrompts/promptCodeActions.ts');

const { CodeActionKind: kinds, CodeActionTriggerKind: triggers } = parts;
const selected = { isEmpty: false, union: (other: unknown) => other };
const problem = { range: { union: (other: unknown) => other } };

interface Action {
  readonly title: string;
  readonly command: { readonly command: string; readonly arguments: readonly unknown[] };
}
type Provide = (document: object, range: object, context: object) => Action[];

describe('the code actions of quick prompts', () => {
  let provide: Provide;
  const document = { uri: uriOf('/project/a.ts') };

  before(() => {
    Object.assign(parts.languages, {
      registerCodeActionsProvider: (_selector: object, made: { provideCodeActions: Provide }) =>
        (provide = made.provideCodeActions),
    });
    registerPromptCodeActions();
  });

  beforeEach(() => (workspace.folder = '/project'));
  afterEach(() => (workspace.folder = undefined));

  const titles = (only: object | undefined, triggerKind: number, of = document) =>
    provide(of, selected, { diagnostics: [problem], only, triggerKind }).map(({ title }) => title);

  it('are a fix where there is a problem and the others where something is selected, with file and range', () => {
    const context = { diagnostics: [problem], only: undefined, triggerKind: triggers.Automatic };
    const [fix, ...others] = provide(document, selected, context);
    assert.deepEqual(fix?.command.arguments, [document.uri, selected]);
    assert.equal(fix.command.command, 'tachyon.fix');
    assert.equal(others.length, 4);
    const none = { ...context, diagnostics: [] };
    assert.deepEqual(provide(document, { ...selected, isEmpty: true }, none), []);
  });

  it('are of the kind that is asked for', () => {
    const all = ['Explain', 'Document', 'Refactor', 'Write Tests'].map((name) => `${name} with Tachyon`);
    assert.deepEqual(titles(kinds.Refactor, triggers.Invoke), all);
    assert.deepEqual(titles(kinds.RefactorRewrite, triggers.Invoke), all.slice(1, 3));
    assert.deepEqual(titles(kinds.QuickFix, triggers.Invoke), ['Fix with Tachyon']);
  });

  it('are none that VS Code carries out by itself when a file is saved', () => {
    for (const kind of [kinds.QuickFix, kinds.Refactor, kinds.RefactorRewrite])
      assert.deepEqual(titles(kind, triggers.Automatic), []);
  });

  it('are none in boxes that no editor and no folder has, such as that of a commit message', () => {
    const box = { uri: uriOf('/scm0/input', 'vscode-scm') };
    assert.deepEqual(titles(undefined, triggers.Automatic, box), []);
    Object.assign(parts.window, { visibleTextEditors: [{ document: box }] });
    try {
      assert.equal(titles(undefined, triggers.Automatic, box).length, 5);
    } finally {
      Object.assign(parts.window, { visibleTextEditors: [] });
    }
  });
});
