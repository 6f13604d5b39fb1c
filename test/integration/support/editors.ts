import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** In a browser VS Code saves by itself. */
export function setAutoSave(value: 'off' | undefined): Thenable<void> {
  const settings = vscode.workspace.getConfiguration('files');
  return settings.update('autoSave', value, vscode.ConfigurationTarget.Global);
}

/** Closes all editors, and nothing asks whether to save. */
export async function tidyEditors(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export function undo(): Thenable<unknown> {
  return vscode.commands.executeCommand('undo');
}

export function activeDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.ok(document);
  return document;
}

/** The document without a name that is shown. */
export function untitledDocument(): vscode.TextDocument {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.isUntitled);
  assert.ok(editor);
  return editor.document;
}

/** The diff in front. */
export function shownDiff(): vscode.TabInputTextDiff | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff ? input : undefined;
}

/** Resolves with the next change of a document that adds such a text. */
export function changed(document: vscode.TextDocument, wanted = ''): Promise<void> {
  return new Promise((resolve) => {
    const subscription = vscode.workspace.onDidChangeTextDocument(({ document: of, contentChanges }) => {
      if (of !== document || !contentChanges.some(({ text }) => text.includes(wanted))) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** Resolves when a diff is in front. */
export function diffShown(): Promise<void> {
  if (shownDiff()) return Promise.resolve();
  return new Promise((resolve) => {
    const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!shownDiff()) return;
      subscription.dispose();
      resolve();
    });
  });
}
