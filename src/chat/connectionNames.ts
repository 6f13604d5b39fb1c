import { isObject } from '../api/json.ts';

/** New names of renamed connections by their old ones. */
export type Renames = Readonly<Record<string, string>>;

/** What was kept earlier; what is no name is left out. */
export function readRenames(kept: unknown): Renames {
  if (!isObject(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([from, to]) => (typeof to === 'string' ? [[from, to]] : [])),
  );
}

/** The renames after another one. A connection that gets its first name back leaves no trace. */
export function afterRename(renames: Renames, from: string, to: string): Renames {
  const first = storedName(renames, from);
  const others = Object.entries(renames).filter(([name]) => name !== first && name !== to);
  return Object.fromEntries(first === to ? others : [...others, [first, to]]);
}

/** The renames without a connection that is removed: its old name is free again. */
export function withoutConnection(renames: Renames, name: string): Renames {
  return Object.fromEntries(Object.entries(renames).filter(([, to]) => to !== name));
}

/** The name that a connection has today; a name that one of them has stands for that one. */
export function currentName(renames: Renames, name: string, isThere: (name: string) => boolean): string {
  const renamed = Object.hasOwn(renames, name) ? renames[name] : undefined;
  return renamed !== undefined && !isThere(name) ? renamed : name;
}

/** The name under which a connection's conversations and local chatrooms are kept: the first that it had. */
export function storedName(renames: Renames, name: string): string {
  return Object.entries(renames).find(([, to]) => to === name)?.[0] ?? name;
}

/** Whether `of` can get a name: no connection has it, and no other one keeps its chatrooms under it. */
export function isFree(
  renames: Renames,
  name: string,
  of: string | undefined,
  taken: ReadonlySet<string>,
): boolean {
  return !taken.has(name) && (!Object.hasOwn(renames, name) || renames[name] === of);
}

/** A name for a new connection made of `wish`, with a number if it is taken. */
export function freeName(wish: string, isTaken: (name: string) => boolean): string {
  const base = wish
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 28);
  const first = base || 'server';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? first : `${first}-${number}`;
    if (!isTaken(name)) return name;
  }
}
