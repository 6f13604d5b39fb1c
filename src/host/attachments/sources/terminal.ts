import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { cleanName } from '../../../chat/untrusted.ts';
import { selectionSizeProblem } from '../sizeLimits.ts';

/** Whether a terminal is there. */
export function hasTerminal(): boolean {
  return vscode.window.activeTerminal !== undefined;
}

/**
 * The text selected in the terminal, or why there is none. No API tells it: it goes through the clipboard, whose text is
 * put back.
 */
export async function terminalAttachment(): Promise<NewAttachment | string> {
  const { activeTerminal } = vscode.window;
  const nothing = vscode.l10n.t('Nothing is selected in the terminal.');
  if (!activeTerminal) return nothing;
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // The selection may be what was copied last.
  const mark = crypto.randomUUID();
  let text: string = mark;
  try {
    await clipboard.writeText(mark);
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    text = await clipboard.readText();
  } finally {
    await clipboard.writeText(before);
  }
  if (text === mark || text.trim() === '') return nothing;
  text = withoutBlankRows(text);
  const problem = selectionSizeProblem(text);
  if (problem !== undefined) return problem;
  return { kind: 'terminal', name: vscode.l10n.t('Terminal {0}', cleanName(activeTerminal.name, 80)), text };
}

/** All that a terminal shows has the rows below the prompt, too, in which nothing stands yet. */
function withoutBlankRows(text: string): string {
  return text.replace(/^(?:[^\S\r\n]*\r?\n)+/, '').trimEnd();
}
