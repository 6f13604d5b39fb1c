import * as vscode from 'vscode';
import type { Platform } from '../platform.ts';
import { isInWorkspace } from '../workspace/isInWorkspace.ts';

/** How the model and the person call a file: the path in the workspace, else the file's name. */
export function nameOfFile(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri)
    ? vscode.workspace.asRelativePath(uri)
    : uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** Whether a file of the workspace really lies elsewhere: it, or a folder above it, is a link. */
export async function leadsOut(uri: vscode.Uri, platform: Platform): Promise<boolean> {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined && !(await isInWorkspace(uri, platform));
}

/** Whether the person has it at hand here: it lies in the workspace or is open in a tab. */
export function isAtHand(uri: vscode.Uri): boolean {
  const isOpen = () => openFiles().some((open) => open.toString() === uri.toString());
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || isOpen();
}

/** The files that are open in tabs. */
export function openFiles(): vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const uris = inputs.flatMap((input) =>
    input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : [],
  );
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}
