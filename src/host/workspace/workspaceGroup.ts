import * as vscode from 'vscode';
import {
  parseCommonDir,
  parseGitConfigRemote,
  parseGitFile,
  workspaceId,
} from '../../chat/workspaceIdentity.ts';

/** Where a room belongs, as its metadata says it. Never holds a path. */
export interface WorkspaceGroup {
  /** Name of the folder or of the `.code-workspace`, or *No folder*. */
  readonly workspace: string;
  readonly workspaceId?: string;
  /** `ssh-remote`, `wsl`, `dev-container`, … */
  readonly remote?: string;
}

const randomIdKey = 'workspaceId';

/** The group of this window's workspace for an operator. */
export async function workspaceGroup(operatorId: string, state: vscode.Memento): Promise<WorkspaceGroup> {
  const remote = vscode.env.remoteName ? { remote: vscode.env.remoteName } : {};
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [folder] = folders;
  if (!folder) return { workspace: 'No folder', ...remote };
  // Not `workspace.name`: that is a window's label, with the remote host in it and translated words.
  const { workspaceFile } = vscode.workspace;
  const name = workspaceFile ? fileStem(workspaceFile) : folder.name;
  const gitRemote = workspaceFile ? undefined : await readGitRemote(folder.uri);
  const id = gitRemote ? await workspaceId(operatorId, gitRemote) : await randomId(state);
  return { workspace: name, workspaceId: id, ...remote };
}

/** Takes over the id of chats made under the same name elsewhere (*Attach these chats*). */
export async function attachWorkspaceId(id: string, state: vscode.Memento): Promise<void> {
  await state.update(randomIdKey, id);
}

/** Whether this workspace has an id of its own already; a new folder has none. */
export function hasRandomId(state: vscode.Memento): boolean {
  return typeof state.get<unknown>(randomIdKey) === 'string';
}

function fileStem(uri: vscode.Uri): string {
  return (uri.path.split('/').at(-1) ?? '').replace(/\.code-workspace$/, '');
}

async function randomId(state: vscode.Memento): Promise<string> {
  const known = state.get<unknown>(randomIdKey);
  if (typeof known === 'string') return known;
  const id = crypto.randomUUID();
  await state.update(randomIdKey, id);
  return id;
}

/** The remote's URL out of git's own files: works in Restricted Mode, where the Git extension is off. */
async function readGitRemote(folder: vscode.Uri): Promise<string | undefined> {
  for (
    let at = folder, up = vscode.Uri.joinPath(folder, '..');
    ;
    at = up, up = vscode.Uri.joinPath(at, '..')
  ) {
    const dotGit = vscode.Uri.joinPath(at, '.git');
    const config = await readText(vscode.Uri.joinPath(dotGit, 'config'));
    if (config !== undefined) return parseGitConfigRemote(config);
    const gitFile = await readText(dotGit);
    if (gitFile !== undefined) return readWorktreeRemote(at, gitFile);
    if (up.path === at.path) return undefined;
  }
}

/** A worktree's `.git` is a file that points at `…/worktrees/<name>`, whose `commondir` leads to the config. */
async function readWorktreeRemote(at: vscode.Uri, gitFile: string): Promise<string | undefined> {
  const gitDirPath = parseGitFile(gitFile);
  if (gitDirPath === undefined) return undefined;
  const gitDir = resolvePath(at, gitDirPath);
  const commonDir = await readText(vscode.Uri.joinPath(gitDir, 'commondir'));
  const configDir = commonDir === undefined ? gitDir : resolvePath(gitDir, parseCommonDir(commonDir));
  const config = await readText(vscode.Uri.joinPath(configDir, 'config'));
  return config === undefined ? undefined : parseGitConfigRemote(config);
}

function resolvePath(base: vscode.Uri, path: string): vscode.Uri {
  const slashed = path.replaceAll('\\', '/');
  if (/^[a-z]:\//i.test(slashed)) return base.with({ path: `/${slashed}` });
  return slashed.startsWith('/') ? base.with({ path: slashed }) : vscode.Uri.joinPath(base, slashed);
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Missing, a folder, or not readable: all mean that this is not the file we look for.
    return undefined;
  }
}
