import { isObject } from '../api/json.ts';
import type { CarriedTurn } from './carried.ts';
import { sha256Hex } from './fingerprint.ts';
import type { FileStore } from './journal.ts';
import { readJson, writeJson } from './jsonFile.ts';

/** A chatroom and the connection's name that it was made under. */
interface RoomOwner {
  readonly connection: string;
  readonly room: string;
}

/** The transcripts that were carried into new chatrooms, for as long as their server is not seen to hold them. */
export interface CarriedTranscripts {
  keep(owner: RoomOwner, turns: readonly CarriedTurn[]): Promise<void>;
  /** None if nothing was carried, or if the server holds it. */
  find(owner: RoomOwner): Promise<readonly CarriedTurn[]>;
  remove(owner: RoomOwner): Promise<void>;
}

const folder = '~carried';

/** Keeps them as write-once files, one for each room. */
export function createCarriedTranscripts(files: FileStore): CarriedTranscripts {
  return {
    keep: async (owner, turns) => {
      const kept = turns.map(({ prompt, reply }) => ({ prompt, reply }));
      await files.writeNew(await pathOf(owner), writeJson(kept));
    },
    find: async (owner) => {
      const bytes = await files.read(await pathOf(owner));
      return bytes ? parseTurns(bytes) : [];
    },
    remove: async (owner) => files.remove(await pathOf(owner)),
  };
}

async function pathOf({ connection, room }: RoomOwner): Promise<string> {
  return `${folder}/${(await sha256Hex(JSON.stringify([connection, room]))).slice(0, 40)}.json`;
}

function parseTurns(bytes: Uint8Array): readonly CarriedTurn[] {
  const value = readJson(bytes);
  return Array.isArray(value) && value.every(isTurn) ? value : [];
}

function isTurn(value: unknown): value is CarriedTurn {
  return isObject(value) && typeof value['prompt'] === 'string' && typeof value['reply'] === 'string';
}
