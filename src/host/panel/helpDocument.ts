import * as vscode from 'vscode';
import { panelHelp } from './panelHelp.ts';

const scheme = 'tachyon-help';

/** Serves the document behind {@link showHelp}. */
export function registerHelp(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => panelHelp(),
  });
}

/** Shows the commands and keys of the panel as a read-only document. */
export async function showHelp(): Promise<void> {
  const document = await vscode.workspace.openTextDocument(
    vscode.Uri.from({ scheme, path: '/chat-panel.md' }),
  );
  await vscode.window.showTextDocument(document, { preview: true });
}
