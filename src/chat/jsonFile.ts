import { parseJson } from '../api/json.ts';

/** The bytes of a file that holds a value as JSON. */
export function writeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The value in a file; undefined for a torn one, which is no JSON: an object needs its last brace. */
export function readJson(bytes: Uint8Array): unknown {
  return parseJson(new TextDecoder().decode(bytes));
}
