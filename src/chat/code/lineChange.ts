/** Lines from `start` to before `end` become others. */
export interface LineChange {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Whether one begins before the one in front of it ends. */
export function overlap(changes: readonly LineChange[]): boolean {
  return changes.some(({ start, end }, at) => start > end || start < (changes[at - 1]?.end ?? 0));
}

/** The lines with all changes in them, which come in order and do not overlap. */
export function withChanges(lines: readonly string[], changes: readonly LineChange[]): string[] {
  const parts = changes.flatMap(({ start, lines: added }, at) => [
    lines.slice(changes[at - 1]?.end ?? 0, start),
    added,
  ]);
  return [...parts, lines.slice(changes.at(-1)?.end ?? 0)].flat();
}
