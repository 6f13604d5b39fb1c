import { codeSpan } from '../codeSpan.ts';
import type { ProjectFiles, TestPlace } from './projectFiles.ts';
import { rustTestPlace } from './rustTests.ts';
import {
  habitFor,
  namedPath,
  nearestTests,
  type NamedPath,
  sharedStart,
  type TestFile,
  testFileOf,
  testPairs,
} from './testHabit.ts';
import { type TestAffix, type TestLanguage, testLanguages } from './testLanguages.ts';

/** Tests whose habit counts at most: those nearby. */
const mostTests = 300;

/** Manifests that are read at most. */
const mostManifests = 6;

/** Where the tests of `source` belong, by the habit of its project; undefined for a language that is not known. */
export async function testPlace(source: string, files: ProjectFiles): Promise<TestPlace | undefined> {
  if (source.endsWith('.rs')) return rustTestPlace(source, files);
  for (const language of testLanguages) {
    const named = namedPath(source, language);
    if (named) return placeIn(language, named, files);
  }
  return undefined;
}

/** What is known of the tests, in words for a model; `name`: how it shall call a path. */
export function testPlaceText(
  { framework, path, exists, example, note }: TestPlace,
  name: (path: string) => string = codeSpan,
): string {
  return [
    `the framework is ${framework}`,
    exists
      ? `the tests are in ${name(path)}, which is there already`
      : `they belong into the new file ${name(path)}`,
    ...(example === undefined ? [] : [`${name(example)} is an example of the project’s tests`]),
    ...(note === undefined ? [] : [note]),
  ].join('; ');
}

async function placeIn(
  language: TestLanguage,
  source: NamedPath,
  files: ProjectFiles,
): Promise<TestPlace | undefined> {
  const all = files.paths.flatMap((path) => namedPath(path, language) ?? []);
  const tests = testsAmong([...all, source], source, language);
  const testPaths = new Set(tests.map(({ path }) => path));
  const sources = [source, ...all.filter(({ path }) => path !== source.path)];
  const pairs = testPairs(
    sources.filter(({ path }) => !testPaths.has(path)),
    nearestTests(source, tests, mostTests),
  );
  const root = rootOf(source, language, files);
  const habit = habitFor(source, pairs);
  const forAll = all.find((file) => file.name === language.forFolder && isBeside(file, source))?.path;
  const own = testPaths.has(source.path)
    ? source.path
    : (pairs.find((pair) => pair.source.path === source.path)?.test.path ?? (habit ? undefined : forAll));
  const affix = habit?.affix ?? tests[0]?.affix ?? (await usualAffix(language, root, files));
  const folders = habit?.folders ?? usualFolders(language, source, root, files);
  const path = own ?? pathOf(folders, affix, source, language, tests);
  const exists = own !== undefined || files.paths.includes(path);
  const example = exists ? path : exampleFor(path, language, tests);
  return {
    framework: await frameworkOf(language, root, example, files),
    path,
    exists,
    ...(!exists && example !== undefined && { example }),
  };
}

function pathOf(
  folders: readonly string[],
  { prefix, suffix }: TestAffix,
  source: NamedPath,
  { testEnding }: TestLanguage,
  tests: readonly TestFile[],
): string {
  const isScript = tests.some(({ ending }) => /^\.[cm]?tsx?$/.test(ending));
  // A component has its tests in a file of the language alone.
  const component = /^\.(?:vue|svelte)$/.test(source.ending) ? (isScript ? '.ts' : '.js') : source.ending;
  const ending =
    testEnding ?? component.replace(/^\.h(h|pp|xx)?$/, (_, more = 'pp') => `.c${more === 'h' ? 'c' : more}`);
  return [...folders, prefix + source.name + suffix + ending].join('/');
}

function isBeside({ folders }: NamedPath, source: NamedPath): boolean {
  return folders.join('/') === source.folders.join('/');
}

/** Folders of tests hold other files, too: they count only where no file is called like a test. */
function testsAmong(all: readonly NamedPath[], source: NamedPath, language: TestLanguage): TestFile[] {
  const isApart = ({ folders }: NamedPath) => folders.some((folder) => language.apart?.test(folder));
  const own = isApart(source) ? all : all.filter((file) => !isApart(file));
  const found = own.flatMap((named) => testFileOf(named, language) ?? []);
  const named = found.filter(({ affix }) => affix.prefix + affix.suffix !== '');
  return named.length > 0 ? named : found;
}

/** The folder of the nearest manifest, the workspace folder if there is none. */
function rootOf(source: NamedPath, { manifest }: TestLanguage, { paths }: ProjectFiles): readonly string[] {
  const roots = paths.flatMap((path) => {
    const folders = path.split('/');
    const isOne =
      manifest.test(folders.pop() ?? '') && sharedStart(folders, source.folders) === folders.length;
    return isOne ? [folders] : [];
  });
  return roots.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** Where tests usually are in a project that has none of this language. */
function usualFolders(
  { folders, makesFolder, isFlat, hasMain, projectSuffix }: TestLanguage,
  source: NamedPath,
  root: readonly string[],
  { paths }: ProjectFiles,
): readonly string[] {
  const main = source.folders.lastIndexOf('main');
  if (hasMain && main > 0 && source.folders[main - 1] === 'src') return source.folders.with(main, 'test');
  const last = root.at(-1);
  if (projectSuffix !== undefined && last !== undefined)
    return [...root.slice(0, -1), last + projectSuffix, ...source.folders.slice(root.length)];
  const exists = (folder: string) => paths.some((path) => path.startsWith([...root, folder, ''].join('/')));
  const folder = folders.find(exists) ?? (makesFolder ? folders[0] : undefined);
  if (folder === undefined) return source.folders;
  const inner = source.folders.slice(root.length);
  const rest = /^(?:src|lib|app|source|sources)$/i.test(inner[0] ?? '') ? inner.slice(1) : inner;
  return [...root, folder, ...(isFlat ? [] : rest)];
}

async function usualAffix(
  language: TestLanguage,
  root: readonly string[],
  files: ProjectFiles,
): Promise<TestAffix> {
  const framework = await frameworkOf(language, root, undefined, files);
  const suffixes: Readonly<Record<string, string>> = { 'Playwright Test': '.spec', RSpec: '_spec' };
  const suffix = suffixes[framework];
  return suffix === undefined ? language.affix : { prefix: '', suffix };
}

/** The test that is nearest to where the new one will be. */
function exampleFor(path: string, language: TestLanguage, tests: readonly TestFile[]): string | undefined {
  const place = namedPath(path, language);
  return place && nearestTests(place, tests, 1)[0]?.path;
}

/** What the test says counts more than what the manifests say: a project may have several frameworks. */
async function frameworkOf(
  { frameworks, manifest }: TestLanguage,
  root: readonly string[],
  test: string | undefined,
  files: ProjectFiles,
): Promise<string> {
  const text = test === undefined ? undefined : await files.read(test);
  const byTest = text === undefined ? undefined : frameworks.find(({ inTest }) => inTest?.test(text));
  if (byTest) return byTest.name;
  const isAbove = (path: string) => {
    const folders = path.split('/');
    return manifest.test(folders.pop() ?? '') && sharedStart(folders, root) === folders.length;
  };
  const manifests = files.paths
    .filter(isAbove)
    .toSorted((a, b) => depth(b) - depth(a))
    .slice(0, mostManifests);
  const texts = await Promise.all(
    manifests.map(async (path) => ({ path, text: `${(await files.read(path)) ?? ''}\n${path}` })),
  );
  // A package may have another framework than the project around it.
  for (const level of Map.groupBy(texts, ({ path }) => depth(path)).values()) {
    const all = level.map((each) => each.text).join('\n');
    const byManifest = frameworks.find(({ inManifest }) => inManifest?.test(all));
    if (byManifest) return byManifest.name;
  }
  return frameworks.at(-1)?.name ?? '';
}

function depth(path: string): number {
  return path.split('/').length;
}
