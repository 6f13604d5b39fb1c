/** A path that can be found by its name. */
export interface RankedPath {
  /** Relative, with `/`. */
  readonly path: string;
  /** The same in small letters. */
  readonly lower: string;
}

/**
 * The paths that hold the letters of a query in their order, the best first: those whose name begins with it, then those
 * that have it as a whole. Of equally good ones `isRecent` come first, then short ones.
 */
export function rankPaths<T extends RankedPath>(
  query: string,
  paths: readonly T[],
  isRecent: (path: T) => boolean,
  most: number,
): T[] {
  const wanted = query.toLowerCase();
  const found: { readonly item: T; readonly score: number }[] = [];
  for (const item of paths) {
    const score = scoreOf(wanted, item.lower);
    if (score > 0) found.push({ item, score: score + (isRecent(item) ? 0.5 : 0) });
  }
  const order = (a: (typeof found)[number], b: (typeof found)[number]) =>
    b.score - a.score || a.item.path.length - b.item.path.length || (a.item.path < b.item.path ? -1 : 1);
  return found
    .toSorted(order)
    .slice(0, most)
    .map(({ item }) => item);
}

/** Zero: not found. */
function scoreOf(wanted: string, path: string): number {
  const at = path.lastIndexOf('/') + 1;
  if (wanted === '' || path.startsWith(wanted, at)) return 5;
  if (path.includes(wanted, at)) return 4;
  if (path.includes(wanted)) return 3;
  if (holdsLetters(wanted, path, at)) return 2;
  return holdsLetters(wanted, path, 0) ? 1 : 0;
}

function holdsLetters(wanted: string, path: string, from: number): boolean {
  let at = from - 1;
  for (const letter of wanted) {
    at = path.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}
