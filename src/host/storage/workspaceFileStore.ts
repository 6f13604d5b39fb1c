import * as vscode from 'vscode';
import type { FileStore } from '../../chat/journal.ts';
import { StorageError, storageFault } from '../../chat/storageError.ts';
import type { Platform } from '../platform.ts';

/**
 * Files below the extension's storage folder, through `workspace.fs`, so that they work in every host.
 * It offers no overwrite: neither its `rename` nor its `writeFile` over an existing file is atomic.
 * Rejects with a `StorageError`.
 */
export function createWorkspaceFileStore(root: vscode.Uri, platform: Platform): FileStore {
  const fs = vscode.workspace.fs;
  let prepared: Promise<void> | undefined;
  const create = async () => {
    await fs.createDirectory(root);
    // Some mounts refuse a change of mode; the journal works all the same.
    await platform.restrictToOwner(root).catch(() => undefined);
  };
  const prepare = () =>
    (prepared ??= create().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    }));
  return {
    async list(directory) {
      const found = await orMissing(fs.readDirectory(vscode.Uri.joinPath(root, directory)));
      return found?.map(([name]) => name) ?? [];
    },
    async read(path) {
      return orMissing(fs.readFile(vscode.Uri.joinPath(root, path)));
    },
    async writeNew(path, bytes) {
      const target = vscode.Uri.joinPath(root, path);
      const unfinished = target.with({ path: `${target.path}.tmp` });
      try {
        await prepare();
        await fs.writeFile(unfinished, bytes);
        await fs.rename(unfinished, target, { overwrite: false });
      } catch (error) {
        // It holds text, and nobody would look for it there.
        await fs.delete(unfinished).then(undefined, () => undefined);
        throw toStorageError(error);
      }
    },
    async remove(path) {
      await orMissing(fs.delete(vscode.Uri.joinPath(root, path)));
    },
  };
}

async function orMissing<T>(operation: Thenable<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw toStorageError(error);
  }
}

function toStorageError(error: unknown): StorageError {
  const code = error instanceof vscode.FileSystemError ? error.code : '';
  const message = error instanceof Error ? error.message : '';
  return new StorageError(storageFault(code, message), { cause: error });
}
