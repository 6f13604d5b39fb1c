import type { Connection } from '../api/connection.ts';
import { sha256Hex } from './fingerprint.ts';
import type { FileStore } from './journal.ts';

/** The folder of all connections. The journal may live beside it; none of its folders has this name. */
export const roomsFolder = '~rooms';
/** No connection can be called so. */
const leftName = /^~([0-9a-f]{40})$/;

/** The name of a connection's folder: any name is a safe path hashed. That of a left one holds its folder's already. */
export async function folderOfConnection(name: string): Promise<string> {
  return leftName.exec(name)?.[1] ?? (await sha256Hex(name)).slice(0, 40);
}

/** Connections that stand for folders of chatrooms that belong to none of the `known` names. Rejects with a `StorageError`. */
export async function leftConnections(files: FileStore, known: readonly string[]): Promise<Connection[]> {
  const own = new Set(await Promise.all(known.map(folderOfConnection)));
  const folders = await files.list(roomsFolder);
  return folders.flatMap((folder) => (own.has(folder) ? [] : (leftConnection(`~${folder}`) ?? [])));
}

/**
 * What stands for a connection whose chatrooms are all that is left of it: its name is known as a hash only, and nothing
 * can be asked. Undefined for the name of a real one.
 */
export function leftConnection(name: string): Connection | undefined {
  return leftName.test(name) ? { name, kind: 'openai-compatible', url: 'http://127.0.0.1' } : undefined;
}
