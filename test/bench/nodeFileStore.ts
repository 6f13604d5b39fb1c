import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '../../src/chat/journal.ts';

/** A file store on a real disk, with the same steps as the one on `workspace.fs`. */
export function createNodeFileStore(root: string): FileStore {
  return {
    list: (directory) => readdir(join(root, directory)).catch(orMissing<string[]>([])),
    read: (path) => readFile(join(root, path)).catch(orMissing(undefined)),
    writeNew: async (path, bytes) => {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(`${target}.tmp`, bytes);
      await rename(`${target}.tmp`, target);
    },
    remove: (path) => rm(join(root, path), { force: true }),
  };
}

function orMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
