import { isObject } from '../api/json.ts';
import { sha256Hex } from './fingerprint.ts';
import { readJson } from './jsonFile.ts';
import type { TurnRecord } from './turns.ts';

/** Ids are opaque: those that no file system takes as they are become a hash, `~` keeps the two apart. */
export async function safeName(id: string): Promise<string> {
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
  if (/^[a-z0-9_-]{1,64}$/.test(id) && !reserved.test(id)) return id;
  return `~${(await sha256Hex(id)).slice(0, 40)}`;
}

/** The room that an entry of the prompt index names; undefined for a torn one. */
export function parseIndexEntry(bytes: Uint8Array): string | undefined {
  const value = readJson(bytes);
  return isObject(value) && typeof value['room'] === 'string' ? value['room'] : undefined;
}

/** The record in a file of the journal; undefined for a torn one. */
export function parseTurnRecord(bytes: Uint8Array): TurnRecord | undefined {
  const value = readJson(bytes);
  return isTurnRecord(value) ? value : undefined;
}

function isUsage(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = value;
  return (
    [input, output, total].every((count) => typeof count === 'number') &&
    Object.values(value).every((count) => typeof count === 'number')
  );
}

function isTurnRecord(value: unknown): value is TurnRecord {
  if (!isObject(value)) return false;
  const needed = ['turn', 'conversation', 'connection', 'surface', 'promptHash', 'askedAt'];
  const optional = ['room', 'parent', 'outcome', 'prompt', 'model', 'contentHash', 'mediaHash', 'endpoint'];
  return (
    needed.every((field) => typeof value[field] === 'string') &&
    optional.every((field) => value[field] === undefined || typeof value[field] === 'string') &&
    (value['usage'] === undefined || isUsage(value['usage']))
  );
}
