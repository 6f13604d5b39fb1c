import * as vscode from 'vscode';
import type { Platform } from '../platform.ts';

/** Whether a file really lies in the workspace, all links followed; of one that is not there its folder counts. */
export async function isInWorkspace(uri: vscode.Uri, { realPath }: Platform): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  if (!realPath || uri.scheme !== 'file') return true;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((each) => each.uri.scheme === 'file');
  const find = (file: vscode.Uri) => realPath(file).catch(() => undefined);
  // A folder of the workspace may be gone, or the whole disk that it was on.
  const roots = await Promise.all(folders.map((each) => find(each.uri)));
  for (let at = uri; ; at = vscode.Uri.joinPath(at, '..')) {
    const real = await find(at);
    // A link that leads to nothing is no missing file: written to, it makes one where it leads.
    if (real === undefined && (await isLink(at))) return false;
    if (real !== undefined) return roots.some((root) => root !== undefined && isWithin(real, root));
    if (at.path.length <= folder.uri.path.length) return false;
  }
}

/** The root of a file system ends with the slash that others lack. */
function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}

async function isLink(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.SymbolicLink) !== 0;
  } catch {
    return false;
  }
}
