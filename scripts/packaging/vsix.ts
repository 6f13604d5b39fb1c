import { createVSIX } from '@vscode/vsce';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outFolder, root } from '../paths.ts';
import { listPackageFiles, packageFiles } from './packageFiles.ts';

/** Builds the extension for production and packs it. Throws if the package would hold other files than expected. */
export async function createPackage(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await createVSIX({
    cwd: root,
    readmePath: await packagedReadme(),
    packagePath: file,
    dependencies: false, // everything is in the bundles
    allowMissingRepository: true,
    allowUnusedFilesPattern: true,
  });
  const found = await listPackageFiles(root);
  const expected: readonly string[] = packageFiles;
  const wrong = [
    ...found.filter((path) => !expected.includes(path)).map((path) => `  ${path} should not ship`),
    ...expected.filter((path) => !found.includes(path)).map((path) => `  ${path} is missing`),
  ];
  if (wrong.length > 0) throw new Error(`The package's files are not as expected:\n${wrong.join('\n')}`);
}

/** The README without pictures and relative links, which lead nowhere from inside a package. */
async function packagedReadme(): Promise<string> {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  const alone = text
    .replaceAll(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '')
    .replaceAll(/(?<!!)\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1');
  // vsce takes it from among the package's own files, and calls it readme.md there.
  const path = 'out/README.md';
  await mkdir(outFolder, { recursive: true });
  await writeFile(join(root, path), alone);
  return path;
}
