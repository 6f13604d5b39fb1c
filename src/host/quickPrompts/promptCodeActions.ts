import * as vscode from 'vscode';
import { type CommandId, commands } from '../../shared/contributions.ts';

interface OfferedAction {
  readonly command: CommandId;
  readonly kind: vscode.CodeActionKind;
  readonly title: () => string;
}

/** Registers the quick prompts of VS Code's light bulb. Nothing is read and nobody is asked until one is picked. */
export function registerPromptCodeActions(): vscode.Disposable {
  const { Refactor, RefactorRewrite, QuickFix } = vscode.CodeActionKind;
  const onSelection: readonly OfferedAction[] = [
    { command: commands.explain, kind: Refactor, title: () => vscode.l10n.t('Explain with Tachyon') },
    {
      command: commands.document,
      kind: RefactorRewrite,
      title: () => vscode.l10n.t('Document with Tachyon'),
    },
    {
      command: commands.refactor,
      kind: RefactorRewrite,
      title: () => vscode.l10n.t('Refactor with Tachyon'),
    },
    { command: commands.writeTests, kind: Refactor, title: () => vscode.l10n.t('Write Tests with Tachyon') },
  ];
  return vscode.languages.registerCodeActionsProvider(
    { pattern: '**' },
    {
      provideCodeActions: (document, range, { diagnostics, only, triggerKind }) => {
        const { uri } = document;
        // When a file is saved, VS Code carries out every action of the kinds that the settings name.
        const isBySave = only !== undefined && triggerKind === vscode.CodeActionTriggerKind.Automatic;
        if (isBySave || !isInSight(document)) return [];
        const isWanted = (kind: vscode.CodeActionKind) => only === undefined || only.contains(kind);
        const actions: vscode.CodeAction[] = [];
        const [first] = diagnostics;
        if (first && isWanted(QuickFix)) {
          const fix = new vscode.CodeAction(vscode.l10n.t('Fix with Tachyon'), QuickFix);
          const all = diagnostics.reduce((sum, diagnostic) => sum.union(diagnostic.range), first.range);
          fix.diagnostics = [...diagnostics];
          fix.command = { command: commands.fix, title: fix.title, arguments: [uri, all.union(range)] };
          actions.push(fix);
        }
        if (range.isEmpty) return actions;
        for (const { command, kind, title } of onSelection) {
          if (!isWanted(kind)) continue;
          const action = new vscode.CodeAction(title(), kind);
          action.command = { command, title: action.title, arguments: [uri, range] };
          actions.push(action);
        }
        return actions;
      },
    },
    { providedCodeActionKinds: [QuickFix, Refactor] },
  );
}

/** A commit message and other boxes have code actions too, but no editor that a prompt could be about. */
function isInSight(document: vscode.TextDocument): boolean {
  const isShown = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  return isShown || vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
}
