import { isObject } from '../api/json.ts';
import type { TurnRecord } from './turns.ts';

/** The room that an entry of the prompt index names; undefined for a torn one. */
export function parseIndexEntry(bytes: Uint8Array): string | undefined {
  const value = parseJson(bytes);
  return isObject(value) && typeof value['room'] === 'string' ? value['room'] : undefined;
}

/** The record in a file of the journal; undefined for a torn one, which is no JSON: an object needs its last brace. */
export function parseTurnRecord(bytes: Uint8Array): TurnRecord | undefined {
  const value = parseJson(bytes);
  return isTurnRecord(value) ? value : undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

function isTurnRecord(value: unknown): value is TurnRecord {
  if (!isObject(value)) return false;
  const needed = ['turn', 'conversation', 'connection', 'surface', 'promptHash', 'askedAt'];
  const optional = ['room', 'parent', 'outcome', 'prompt', 'model', 'contentHash', 'mediaHash', 'endpoint'];
  return (
    needed.every((field) => typeof value[field] === 'string') &&
    optional.every((field) => value[field] === undefined || typeof value[field] === 'string')
  );
}
