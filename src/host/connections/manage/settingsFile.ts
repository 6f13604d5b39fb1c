import * as vscode from 'vscode';
import { settings } from '../../../shared/contributions.ts';

/** Opens the user's settings file at the connections. */
export async function openSettingsFile(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettingsJson', {
    revealSetting: { key: settings.connections, edit: true },
  });
}
