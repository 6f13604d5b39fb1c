import * as vscode from 'vscode';
import type { Platform } from '../platform.ts';

const mostFound = 20;

/** Whether there is something at an address. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** The files of the workspace that a path of a model may mean: from a folder's root, else from anywhere in it. */
export async function filesAt(path: string): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const uri of placesOf(path)) if (await exists(uri)) found.push(uri);
  if (found.length > 0 || isAbsolute(path)) return found;
  const glob = path.replace(/[[\]{}]/g, (bracket) => `[${bracket}]`);
  return vscode.workspace.findFiles(`**/${glob}`, '**/node_modules/**', mostFound);
}

/** Where a file of this path would be in the workspace; empty: in no folder of it. */
export function placesOf(path: string): vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!isAbsolute(path)) return folders.map(({ uri }) => vscode.Uri.joinPath(uri, path));
  const absolute = path.startsWith('/') ? path : `/${path[0]?.toLowerCase() ?? ''}${path.slice(1)}`;
  return folders
    .map(({ uri }) => uri.with({ path: absolute }))
    .filter((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
}

/** Whether a file really lies in the workspace, all links followed; of one that is not there its folder counts. */
export async function isInWorkspace(uri: vscode.Uri, { realPath }: Platform): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  if (!realPath || uri.scheme !== 'file') return true;
  const roots = (vscode.workspace.workspaceFolders ?? []).filter((each) => each.uri.scheme === 'file');
  const allowed = await Promise.all(roots.map((root) => realPath(root.uri)));
  for (let at = uri; at.path.length >= folder.uri.path.length; at = vscode.Uri.joinPath(at, '..')) {
    const real = await realPath(at).catch(() => undefined);
    // A link that leads to nothing is no missing file: written to, it makes one where it leads.
    if (real === undefined && (await isLink(at))) return false;
    if (real !== undefined) return allowed.some((root) => real === root || real.startsWith(`${root}/`));
  }
  return false;
}

async function isLink(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.SymbolicLink) !== 0;
  } catch {
    return false;
  }
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}
