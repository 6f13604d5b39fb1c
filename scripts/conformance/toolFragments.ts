import { type JsonObject, isObject, numberOf, textOf } from '../../src/api/json.ts';
import { objectIn, objectsIn } from './rawStream.ts';

/** A tool call, put together from raw fragments. */
export interface RawCall {
  /** How many fragments named it. */
  readonly ids: number;
  readonly names: number;
  readonly name: string;
  readonly text: string;
}

/** Every fragment of a tool call, as it stands in the deltas. */
export function fragmentsOf(chunks: readonly JsonObject[]): JsonObject[] {
  return chunks
    .flatMap((chunk) => objectsIn(chunk, 'choices'))
    .flatMap((choice) => objectsIn(objectIn(choice, 'delta'), 'tool_calls'));
}

/** Joins fragments by their index; one without an index belongs to the call before, unless it has an id. */
export function joinFragments(fragments: readonly JsonObject[]): RawCall[] {
  const calls = new Map<number, RawCall>();
  let last = -1;
  for (const fragment of fragments) {
    const id = textOf(fragment['id']);
    last = numberOf(fragment['index']) ?? (id === undefined ? Math.max(0, last) : last + 1);
    const call = calls.get(last) ?? { ids: 0, names: 0, name: '', text: '' };
    const called = objectIn(fragment, 'function');
    const name = textOf(called['name']);
    const text = called['arguments'];
    calls.set(last, {
      ids: call.ids + (id === undefined ? 0 : 1),
      names: call.names + (name === undefined ? 0 : 1),
      name: name ?? call.name,
      text: call.text + (typeof text === 'string' ? text : isObject(text) ? JSON.stringify(text) : ''),
    });
  }
  return [...calls.values()];
}
