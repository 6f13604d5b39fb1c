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

/**
 * Where a file of the workspace is with all links followed, as the workspace calls that place; undefined: outside of it.
 * What is in no folder of the workspace, or where there are no links, is where it seems to be. Rejects if nothing is there.
 */
export async function realPlace(
  uri: vscode.Uri,
  { realPath }: Pick<Platform, 'realPath'>,
): Promise<vscode.Uri | undefined> {
  if (!realPath || uri.scheme !== 'file' || !vscode.workspace.getWorkspaceFolder(uri)) return uri;
  const file = await realPath(uri);
  for (const { uri: folder } of vscode.workspace.workspaceFolders ?? []) {
    const root = folder.scheme === 'file' ? await realPath(folder).catch(() => undefined) : undefined;
    if (root === undefined) continue;
    if (file === root) return folder;
    const prefix = root.endsWith('/') ? root : `${root}/`;
    if (file.startsWith(prefix)) return vscode.Uri.joinPath(folder, file.slice(prefix.length));
  }
  return undefined;
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
