import type { FileStore } from '../../../../src/chat/journal.ts';

/** A file store in memory that refuses to overwrite, as the real one does. */
export function createMemoryFileStore(): FileStore & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    list: async (directory) => [
      ...new Set(
        [...files.keys()]
          .filter((path) => path.startsWith(`${directory}/`))
          .map((path) => path.slice(directory.length + 1).split('/')[0] ?? ''),
      ),
    ],
    read: async (path) => files.get(path),
    writeNew: async (path, bytes) => {
      if (files.has(path)) throw new Error(`exists: ${path}`);
      files.set(path, bytes);
    },
    remove: async (path) => {
      files.delete(path);
    },
  };
}
