/** Forgets all entries of a map but the last so many that were added. */
export function keepLatest<K>(entries: Map<K, unknown>, most: number): void {
  for (const old of [...entries.keys()].slice(0, -most)) entries.delete(old);
}
