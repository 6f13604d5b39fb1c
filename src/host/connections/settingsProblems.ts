import * as vscode from 'vscode';
import { settings } from '../../shared/contributions.ts';
import type { Connections } from './connections.ts';

/** Tells what is wrong with `tachyon.connections` when it was edited; never at start. */
export function watchSettings(connections: Connections): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(async (event) => {
    if (!event.affectsConfiguration(settings.connections)) return;
    const [problem] = connections.problems();
    if (!problem) return;
    const open = vscode.l10n.t('Open Settings');
    if ((await vscode.window.showWarningMessage(problem.message, open)) !== open) return;
    await vscode.commands.executeCommand('workbench.action.openSettings', settings.connections);
  });
}
