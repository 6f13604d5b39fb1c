import type { KeptPiece } from './keptPieces.ts';
import type { TurnRecord } from './turns.ts';

/** What becomes known of a turn after its prompt was written. `prompt: undefined` removes the text. */
export type TurnPatch = Partial<
  Pick<TurnRecord, 'outcome' | 'model' | 'carriedStored' | 'elsewhere' | 'foreign' | 'contentHash' | 'usage'>
> & { readonly prompt?: undefined };

/** The memory of which turn went into which room. It keeps no text that the server has. */
export interface Journal {
  /** Writes a turn before it is sent; its room may be unknown yet. */
  begin(record: TurnRecord): Promise<void>;
  /** Moves a turn that was begun without a room, or whose room was gone, into its room. */
  bind(turn: string, from: string | undefined, room: string): Promise<void>;
  /**
   * Adds what became known; a turn that is not there is left alone. What was kept of the reply goes when the turn is
   * answered: the server holds it.
   */
  update(turn: string, room: string | undefined, patch: TurnPatch): Promise<void>;
  /** Removes a turn that was begun and never reached a room. */
  discard(turn: string): Promise<void>;
  /** Keeps the next piece of a reply that is growing. */
  addReply(turn: string, piece: KeptPiece): Promise<void>;
  /** What is kept of the replies of these turns; those without any are left out. */
  replies(turns: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The turns of a room, oldest first. */
  records(room: string): Promise<TurnRecord[]>;
  /** Removes everything that is kept of a room that is deleted. */
  forget(room: string): Promise<void>;
  /** Turns with this prompt, of one conversation or of all, oldest first; also those that have no room. */
  find(promptHash: string, conversation?: string): Promise<TurnRecord[]>;
}

/**
 * Files below a folder. It has no overwrite: no file system behind VS Code replaces a file atomically, and two
 * windows may write at the same time.
 */
export interface FileStore {
  /** Names in a folder; none if it is missing. */
  list(directory: string): Promise<string[]>;
  /** Undefined if the file is missing. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Writes a file that must not exist yet; it appears whole or not at all where the file system allows. */
  writeNew(path: string, bytes: Uint8Array): Promise<void>;
  /** No error if the file is missing. */
  remove(path: string): Promise<void>;
}

/** The record with the patch; a removed prompt leaves no key behind. */
export function patched(record: TurnRecord, patch: TurnPatch): TurnRecord {
  const { prompt, ...rest } = record;
  const { prompt: removed, ...values } = patch;
  const keeps = prompt !== undefined && !(Object.hasOwn(patch, 'prompt') && removed === undefined);
  return { ...rest, ...values, ...(keeps && { prompt }) };
}

/** In the order in which they were asked. */
export function oldestFirst(records: readonly TurnRecord[]): TurnRecord[] {
  return records.toSorted((a, b) => (a.askedAt < b.askedAt ? -1 : a.askedAt > b.askedAt ? 1 : 0));
}

/** The record in another room, where no turn precedes it and nothing has been looked at. */
export function moved(record: TurnRecord, room: string): TurnRecord {
  if (record.room === undefined) return { ...record, room };
  const { parent: _, carriedStored: _stored, elsewhere: _elsewhere, foreign: _foreign, ...rest } = record;
  return { ...rest, room };
}
