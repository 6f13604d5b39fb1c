import type { TestAffix, TestLanguage } from './testLanguages.ts';

/** A path in parts: `src/a/b.test.ts` is of the folders `src`, `a`, is called `b.test`, and ends with `.ts`. */
export interface NamedPath {
  readonly path: string;
  readonly folders: readonly string[];
  readonly name: string;
  readonly ending: string;
}

/** A test file and what it seems to test, by its name. */
export interface TestFile extends NamedPath {
  readonly tested: string;
  readonly affix: TestAffix;
}

/** A test file and the file that it tests. */
export interface TestPair {
  readonly source: NamedPath;
  readonly test: TestFile;
}

/** The parts of a path of the language; undefined for others. */
export function namedPath(path: string, { ending }: TestLanguage): NamedPath | undefined {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const found = ending.exec(file)?.[0];
  if (found === undefined || found === file) return undefined;
  return { path, folders, name: file.slice(0, -found.length), ending: found };
}

/** What a test file tests; undefined if it is none. */
export function testFileOf(
  named: NamedPath,
  { testName, testFolder, onlyBelow }: TestLanguage,
): TestFile | undefined {
  if (onlyBelow && !named.folders.some((folder) => onlyBelow.test(folder))) return undefined;
  const [, prefix = '', tested = '', suffix = ''] = testName.exec(named.name) ?? [];
  if (prefix !== '' || suffix !== '') return { ...named, tested, affix: { prefix, suffix } };
  if (!testFolder || !named.folders.some((folder) => testFolder.test(folder))) return undefined;
  return { ...named, tested: named.name, affix: { prefix: '', suffix: '' } };
}

/** Which file each test file tests; those of which nobody can tell are left out. */
export function testPairs(sources: readonly NamedPath[], tests: readonly TestFile[]): TestPair[] {
  const byName = Map.groupBy(sources, ({ name }) => name);
  return tests.flatMap((test) => {
    let best: NamedPath | undefined;
    let most = -1;
    let isClear = false;
    for (const source of byName.get(test.tested) ?? []) {
      const common = kinship(source, test);
      if (common > most) best = source;
      isClear = common > most || (isClear && common < most);
      most = Math.max(most, common);
    }
    return best && isClear ? [{ source: best, test }] : [];
  });
}

/** The tests that are called as those of a file, then those in the nearest folders; so many at most. */
export function nearestTests(source: NamedPath, tests: readonly TestFile[], most: number): TestFile[] {
  const rank = ({ tested, folders }: TestFile) =>
    tested === source.name ? -1 : distance(folders, source.folders);
  return tests
    .map((test) => ({ test, rank: rank(test) }))
    .toSorted((a, b) => a.rank - b.rank || (a.test.path < b.test.path ? -1 : 1))
    .slice(0, most)
    .map(({ test }) => test);
}

/** How many steps it is from one folder to another. */
function distance(from: readonly string[], to: readonly string[]): number {
  return from.length + to.length - 2 * sharedStart(from, to);
}

/** How much two folders have in common at their ends and beginnings. */
function kinship({ folders }: NamedPath, test: NamedPath): number {
  return 2 * sharedEnd(folders, test.folders) + sharedStart(folders, test.folders);
}

/**
 * The folder and the affix that the tests of a file would have by the habit of the project: that of most tests, and of
 * those for files nearby more than of others. Undefined if no test tells.
 */
export function habitFor(
  source: NamedPath,
  pairs: readonly TestPair[],
): { readonly folders: readonly string[]; readonly affix: TestAffix } | undefined {
  const votes = new Map<string, { readonly pair: TestPair; folders: readonly string[]; weight: number }>();
  for (const pair of pairs) {
    const folders = moved(source.folders, pair);
    if (!folders) continue;
    const { prefix, suffix } = pair.test.affix;
    const key = JSON.stringify([folders, prefix, suffix]);
    const vote = votes.get(key) ?? { pair, folders, weight: 0 };
    vote.weight += 1 + sharedStart(source.folders, pair.source.folders);
    votes.set(key, vote);
  }
  const [best] = [...votes.values()].toSorted((a, b) => b.weight - a.weight);
  return best && { folders: best.folders, affix: best.pair.test.affix };
}

/** Where a folder goes as that of the pair's source goes to that of its test. */
function moved(folders: readonly string[], { source, test }: TestPair): readonly string[] | undefined {
  const start = sharedStart(source.folders, test.folders);
  const end = Math.min(
    sharedEnd(source.folders, test.folders),
    source.folders.length - start,
    test.folders.length - start,
  );
  const from = source.folders.slice(start, source.folders.length - end);
  const to = test.folders.slice(start, test.folders.length - end);
  if (from.length > 0) {
    const at = placeOf(from, folders, start);
    return at === undefined ? undefined : folders.toSpliced(at, from.length, ...to);
  }
  const isBelow = sharedStart(folders, source.folders) >= start;
  // Such as `__tests__` in each folder, not one folder for all of them.
  if (to[0]?.startsWith('_') || !isBelow)
    return start === source.folders.length ? [...folders, ...to] : undefined;
  return folders.toSpliced(start, 0, ...to);
}

/** Where `part` stands in `folders`: at `preferred`, else for the first time. */
function placeOf(part: readonly string[], folders: readonly string[], preferred: number): number | undefined {
  const places = folders.flatMap((_, at) => (part.every((name, i) => folders[at + i] === name) ? at : []));
  return places.includes(preferred) ? preferred : places[0];
}

/** How many names both begin with. */
export function sharedStart(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((name, i) => name !== b[i]);
  return at === -1 ? a.length : at;
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}
