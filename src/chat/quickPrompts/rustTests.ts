import type { ProjectFiles, TestPlace } from './projectFiles.ts';

const framework = 'cargo test (#[test] functions)';

/** Where the tests of a Rust file belong: in its module of tests, in a file of its own where there is one, else in itself. */
export async function rustTestPlace(source: string, files: ProjectFiles): Promise<TestPlace> {
  const at = source.lastIndexOf('/') + 1;
  const folder = source.slice(0, at);
  const name = source.slice(at, -'.rs'.length);
  const crate = folder.replace(/(?:^|(?<=\/))src\/.*$/, '');
  const isRoot = name === 'mod' || name === 'lib' || name === 'main';
  const isTest = name === 'tests' || /(?:^|\/)tests\//.test(source);
  const own = [
    ...(isTest ? [source] : []),
    `${folder}${isRoot ? '' : `${name}/`}tests.rs`,
    ...(isRoot
      ? []
      : [`${crate}tests/${name}.rs`, `${crate}tests/${name}_test.rs`, `${crate}tests/test_${name}.rs`]),
  ].find((path) => path === source || files.paths.includes(path));
  if (own !== undefined && own !== source) return { framework, path: own, exists: true };
  if (isTest) return { framework, path: source, exists: true };
  const hasModule = /#\[cfg\(test\)\]/.test((await files.read(source)) ?? '');
  return {
    framework,
    path: source,
    exists: true,
    note: hasModule
      ? 'the file has a #[cfg(test)] module already: write a second one, with another name than that, which begins with use super::*'
      : 'they are a #[cfg(test)] mod tests at the end of the file itself, which begins with use super::*',
  };
}
