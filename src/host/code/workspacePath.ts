import * as vscode from 'vscode';

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

/**
 * The files that a path of a model may mean: from a folder's root, else from one of the other roots, else from anywhere in
 * the workspace. Those of other roots need not lie in it.
 */
export async function filesAt(
  path: string,
  otherRoots: () => Promise<readonly vscode.Uri[]> = async () => [],
): Promise<vscode.Uri[]> {
  const own = await existing(placesOf(path));
  if (own.length > 0) return own;
  const found = await existing((await otherRoots()).map((root) => vscode.Uri.joinPath(root, path)));
  if (found.length > 0 || isAbsolute(path)) return found;
  const glob = path.replace(/[[\]{}]/g, (bracket) => `[${bracket}]`);
  return vscode.workspace.findFiles(`**/${glob}`, '**/node_modules/**', mostFound);
}

async function existing(uris: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const uri of uris) if (await exists(uri)) found.push(uri);
  return found;
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

/** Also from a person's home, which a shell takes a folder with the name `~` for. */
function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:\/|~\/)/.test(path);
}
