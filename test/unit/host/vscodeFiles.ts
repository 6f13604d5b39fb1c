import fs from 'node:fs/promises';
import { registerHooks } from 'node:module';
import path from 'node:path';
import type { Uri } from 'vscode';
import { parts } from './vscodeParts.ts';

class FileSystemError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
const codes: Readonly<Record<string, string>> = { ENOENT: 'FileNotFound', EEXIST: 'FileExists' };
/** Whether writes end after the first bytes. */
export const disk = { isFull: false };

/** A URI of this machine. */
export function uriOf(file: string, scheme = 'file'): Uri {
  return {
    scheme,
    authority: '',
    path: file,
    query: '',
    fragment: '',
    fsPath: file,
    with: (change) => uriOf(change.path ?? file, change.scheme ?? scheme),
    toString: () => `${scheme}://${file}`,
    toJSON: () => file,
  };
}

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new FileSystemError(String(error), codes[code] ?? 'Unknown');
  }
}

async function write(to: Uri, bytes: Uint8Array): Promise<void> {
  await fs.mkdir(path.dirname(to.path), { recursive: true });
  await fs.writeFile(to.path, disk.isFull ? bytes.slice(0, 3) : bytes);
  if (disk.isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

async function move(from: Uri, to: Uri): Promise<void> {
  const isThere = await fs.stat(to.path).then(
    () => true,
    () => false,
  );
  if (isThere) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
  await fs.rename(from.path, to.path);
}

async function entriesOf({ path: folder }: Uri): Promise<[string, number][]> {
  const found = await fs.readdir(folder, { withFileTypes: true });
  return found.map((entry) => {
    if (entry.isSymbolicLink()) return [entry.name, FileType.File + FileType.SymbolicLink];
    const kind = entry.isFile() ? FileType.File : FileType.Unknown;
    return [entry.name, entry.isDirectory() ? FileType.Directory : kind];
  });
}

async function statOf({ path: file }: Uri) {
  const found = await fs.stat(file);
  const kind = found.isFile() ? FileType.File : FileType.Unknown;
  return { size: found.size, type: found.isDirectory() ? FileType.Directory : kind };
}

/** So much of `vscode` as the storage and the panel need: URIs, and `workspace.fs` on this machine's disk. */
const standIn = {
  ...parts,
  FileSystemError,
  FileType,
  // Nothing that a test makes is an instance of it.
  Uri: Object.assign(() => undefined, {
    prototype: {},
    joinPath: (base: Uri, ...names: string[]) => uriOf(path.join(base.path, ...names), base.scheme),
    parse: (text: string) => {
      const { pathname, protocol } = new URL(text);
      return uriOf(pathname, protocol.slice(0, -1));
    },
    from: ({ path: of }: { readonly path: string }) => uriOf(of),
  }),
  // The folder that is open may be another one later.
  workspace: Object.assign(Object.create(parts.workspace), {
    fs: {
      createDirectory: (folder: Uri) => told(fs.mkdir(folder.path, { recursive: true })),
      readDirectory: (folder: Uri) => told(entriesOf(folder)),
      readFile: (file: Uri) => told(fs.readFile(file.path)),
      stat: (file: Uri) => told(statOf(file)),
      writeFile: (file: Uri, bytes: Uint8Array) => told(write(file, bytes)),
      rename: (from: Uri, to: Uri) => told(move(from, to)),
      delete: (file: Uri, options?: { recursive?: boolean }) =>
        told(fs.rm(file.path, { recursive: options?.recursive ?? false })),
    },
  }),
};

/** From here on, modules that import `vscode` get the stand-in. */
export function standInForVscode(): void {
  Object.assign(globalThis, { [Symbol.for('vscode on disk')]: standIn });
  const names = Object.keys(standIn).join(', ');
  const source = `export const { ${names} } = globalThis[Symbol.for('vscode on disk')];`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: `data:text/javascript,${encodeURIComponent(source)}`, format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
}
