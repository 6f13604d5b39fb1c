import * as vscode from 'vscode';
import { terminalText } from '../../chat/code/terminalText.ts';
import { cleanName } from '../../chat/untrusted.ts';
import { CodeProblem } from './codeProblem.ts';

const longestName = 60;

/** Runs code in the terminal after the person has seen exactly what runs, and said yes. */
export async function runCode(code: string): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new CodeProblem(vscode.l10n.t('Code is run only in a workspace that you trust. Nothing was run.'));
  }
  const lines = terminalText(code);
  if (!lines) {
    throw new CodeProblem(
      vscode.l10n.t('This is too much to be run from here. Make a file of it, read it, and run that.'),
    );
  }
  if (lines.length === 0) throw new CodeProblem(vscode.l10n.t('There is nothing in it that could be run.'));
  const active = usableTerminal();
  const run = vscode.l10n.t('Run');
  const question = active
    ? vscode.l10n.t('Run this in the terminal “{0}”?', cleanName(active.name, longestName))
    : vscode.l10n.t('Run this in a new terminal?');
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: lines.join('\n') },
    run,
  );
  if (answer !== run) return;
  const terminal = active && active.exitStatus === undefined ? active : vscode.window.createTerminal();
  terminal.show();
  terminal.sendText(lines.join('\n'));
}

/** The active terminal, unless it has ended, and takes nothing, or is of an extension, and may be anything. */
export function usableTerminal(): vscode.Terminal | undefined {
  const active = vscode.window.activeTerminal;
  const isUsable = active && active.exitStatus === undefined && !('pty' in active.creationOptions);
  return isUsable ? active : undefined;
}
