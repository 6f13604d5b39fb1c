import { isObject, type JsonObject } from './json.ts';

/** What nests deeper is no envelope. */
const deepestEnvelope = 3;

/** The objects of a list reply: under one of `names`, under `data`, or as a bare array (wire contract A5). */
export function readList(reply: unknown, names: readonly string[], depth = 0): JsonObject[] | undefined {
  if (Array.isArray(reply)) {
    return reply.filter(isObject);
  }
  if (!isObject(reply) || depth > deepestEnvelope) {
    return undefined;
  }
  for (const name of names) {
    const list = reply[name];
    if (Array.isArray(list)) {
      return list.filter(isObject);
    }
  }
  return readList(reply['data'], names, depth + 1);
}

/** The object of a reply: under one of `names`, under `data`, or bare (wire contract A5). */
export function readOne(reply: unknown, names: readonly string[], depth = 0): JsonObject | undefined {
  if (!isObject(reply) || depth > deepestEnvelope) {
    return undefined;
  }
  for (const name of [...names, 'data']) {
    const inner = reply[name];
    if (isObject(inner)) {
      return readOne(inner, names, depth + 1);
    }
  }
  return reply;
}
