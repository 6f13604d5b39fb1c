import { isObject, type JsonObject } from './json.ts';

/** The objects of a list reply: under one of `names`, under `data`, or as a bare array (wire contract A5). */
export function readList(reply: unknown, names: readonly string[]): JsonObject[] | undefined {
  if (Array.isArray(reply)) {
    return reply.filter(isObject);
  }
  if (!isObject(reply)) {
    return undefined;
  }
  for (const name of names) {
    const list = reply[name];
    if (Array.isArray(list)) {
      return list.filter(isObject);
    }
  }
  return readList(reply['data'], names);
}

/** The object of a reply: under one of `names`, under `data`, or bare (wire contract A5). */
export function readOne(reply: unknown, names: readonly string[]): JsonObject | undefined {
  if (!isObject(reply)) {
    return undefined;
  }
  for (const name of [...names, 'data']) {
    const inner = reply[name];
    if (isObject(inner)) {
      return readOne(inner, names);
    }
  }
  return reply;
}
