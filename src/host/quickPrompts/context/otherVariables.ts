import * as vscode from 'vscode';
import { cleanName } from '../../../chat/untrusted.ts';
import { isLargeText } from '../../attachments/sizeLimits.ts';
import { terminalAttachment } from '../../attachments/sources/terminal.ts';
import type { VariableValue } from './promptScope.ts';

/** `${terminal}`: what is selected in the terminal. */
export async function terminalValue(): Promise<VariableValue | string> {
  const found = await terminalAttachment();
  return typeof found === 'string' ? found : { text: found.name, attachments: [found] };
}

/** `${clipboard}`: its text. */
export async function clipboardValue(): Promise<VariableValue | string> {
  const text = await vscode.env.clipboard.readText();
  if (text.trim() === '') return vscode.l10n.t('The clipboard holds no text; copy what is meant.');
  if (isLargeText(text)) return vscode.l10n.t('The clipboard holds more than 512 KB of text.');
  const name = vscode.l10n.t('Clipboard');
  return { text: name, attachments: [{ kind: 'selection', name, text }] };
}

/** `${workspaceFolder}`: the name of the folder, never its path. */
export function folderValue(document: vscode.TextDocument | undefined): VariableValue | string {
  const own = document && vscode.workspace.getWorkspaceFolder(document.uri);
  const folder = own ?? vscode.workspace.workspaceFolders?.[0];
  return folder
    ? { text: cleanName(folder.name, 300) }
    : vscode.l10n.t('No folder is open; open the one that is meant.');
}

/** `${displayLanguage}`: the language of VS Code, by its English name. */
export function displayLanguage(): string {
  const { language } = vscode.env;
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(language) ?? language;
}
