import * as vscode from 'vscode';
import { workspaceStoragePath } from './workspaceStorage.ts';

/** How much there is. */
export interface DataSize {
  readonly files: number;
  readonly bytes: number;
}

/** What the extension keeps on this machine, apart from VS Code's own state and secrets. */
export class LocalData {
  readonly #context: Pick<vscode.ExtensionContext, 'storageUri' | 'globalStorageUri'>;

  constructor(context: Pick<vscode.ExtensionContext, 'storageUri' | 'globalStorageUri'>) {
    this.#context = context;
  }

  /** Chatrooms on this machine, those set aside included, and what else belongs to no workspace. */
  async shared(): Promise<DataSize> {
    return sizeOf(this.#context.globalStorageUri);
  }

  /** Journals and spoken answers, of all workspaces; undefined where nothing tells where they are. */
  async ofWorkspaces(): Promise<DataSize | undefined> {
    const folders = await this.#workspaceFolders();
    return folders && (await Promise.all(folders.map(sizeOf))).reduce(add, none);
  }

  /** Deletes all of it, without the bin. Rejects with what the file system says; what could be deleted is gone. */
  async remove(): Promise<void> {
    const folders = [this.#context.globalStorageUri, ...((await this.#workspaceFolders()) ?? [])];
    const results = await Promise.allSettled(folders.map(empty));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /**
   * This window's folder, if it has one, and those of the other workspaces: VS Code keeps them side by side, each under
   * the name of the extension. Only folders of exactly that name are looked into.
   */
  async #workspaceFolders(): Promise<vscode.Uri[] | undefined> {
    const { storageUri: own, globalStorageUri: shared } = this.#context;
    const name = nameOf(own ?? shared);
    const all = own
      ? vscode.Uri.joinPath(own, '..', '..')
      : shared.with({ path: workspaceStoragePath(shared.path) });
    const found = await entries(all);
    if (!own && found.length === 0) return undefined;
    const workspaces = found.filter(([, type]) => type === vscode.FileType.Directory);
    const folders = workspaces.map(([workspace]) => vscode.Uri.joinPath(all, workspace, name));
    return !own || folders.some(({ path }) => path === own.path) ? folders : [own];
  }
}

const none: DataSize = { files: 0, bytes: 0 };

function add(a: DataSize, b: DataSize): DataSize {
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}

async function sizeOf(folder: vscode.Uri): Promise<DataSize> {
  let size = none;
  for (const [name, type] of await entries(folder)) {
    const path = vscode.Uri.joinPath(folder, name);
    // A link is not followed: what it points to is not ours.
    if (type === vscode.FileType.Directory) size = add(size, await sizeOf(path));
    else size = add(size, { files: 1, bytes: (await statOf(path))?.size ?? 0 });
  }
  return size;
}

/**
 * Empties a folder and leaves it and the folders in it: those have the owner's rights already, and open windows go on to
 * write into them.
 */
async function empty(folder: vscode.Uri): Promise<void> {
  for (const [name, type] of await entries(folder)) {
    const path = vscode.Uri.joinPath(folder, name);
    const inner = type === vscode.FileType.Directory ? await entries(path) : undefined;
    const all = inner?.map(([within]) => vscode.Uri.joinPath(path, within)) ?? [path];
    for (const each of all) await vscode.workspace.fs.delete(each, { recursive: true, useTrash: false });
  }
}

async function entries(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    // Missing: nothing was ever stored there.
    return [];
  }
}

async function statOf(path: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(path);
  } catch {
    // Another window has just removed it.
    return undefined;
  }
}

function nameOf(folder: vscode.Uri): string {
  return folder.path.split('/').at(-1) ?? '';
}
