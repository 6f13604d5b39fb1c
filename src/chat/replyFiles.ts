import type { FileStore } from './journal.ts';
import { safeName } from './journalFiles.ts';
import { readJson, writeJson } from './jsonFile.ts';
import { joinPieces, type KeptPiece, keptPieceOf } from './keptPieces.ts';

/** What is kept of replies that no server is known to hold. */
export interface ReplyFiles {
  add(turn: string, piece: KeptPiece): Promise<void>;
  /** The replies of these turns as far as they were kept; those without one are left out. */
  read(turns: readonly string[]): Promise<Map<string, string>>;
  remove(turn: string): Promise<void>;
}

/** One folder for all turns, so that no folder is left when a reply goes. */
const folder = '~replies';
/** Nobody comes back for an older one; in milliseconds. */
const longestKept = 30 * 24 * 60 * 60 * 1000;

/** Write-once files: `~replies/<turn>.<milliseconds since 1970>.<writer>.json`, in the order of their numbers. */
export function createReplyFiles(files: FileStore, writer: string): ReplyFiles {
  let last = 0;

  async function named(): Promise<Named[]> {
    const found = (await files.list(folder)).flatMap((name) => {
      const [, turn = '', time = ''] = /^([^.]+)\.(\d+)\.[^.]+\.json$/.exec(name) ?? [];
      return turn === '' ? [] : { path: `${folder}/${name}`, turn, time: Number(time) };
    });
    return found.toSorted((a, b) => a.time - b.time);
  }

  async function removeAll(found: readonly Named[]): Promise<void> {
    await Promise.allSettled(found.map(({ path }) => files.remove(path)));
  }

  return {
    add: async (turn, piece) => {
      // A number of its own for each attempt: the file of one that failed may be there.
      const time = Math.max(Date.now(), last + 1);
      last = time;
      const path = `${folder}/${await safeName(turn)}.${time}.${writer}.json`;
      await files.writeNew(path, writeJson(piece));
    },
    read: async (turns) => {
      const found = await named();
      const oldest = Date.now() - longestKept;
      await removeAll(found.filter(({ time }) => time < oldest));
      const replies = new Map<string, string>();
      for (const turn of turns) {
        const name = await safeName(turn);
        const own = found.filter((file) => file.turn === name && file.time >= oldest);
        const pieces = await Promise.all(own.map(({ path }) => files.read(path)));
        const text = joinPieces(pieces.flatMap((bytes) => keptPieceOf(bytes && readJson(bytes)) ?? []));
        if (text !== '') replies.set(turn, text);
      }
      return replies;
    },
    remove: async (turn) => {
      const name = await safeName(turn);
      await removeAll((await named()).filter((file) => file.turn === name));
    },
  };
}

interface Named {
  readonly path: string;
  readonly turn: string;
  readonly time: number;
}
