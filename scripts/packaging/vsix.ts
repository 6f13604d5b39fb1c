import { createVSIX } from '@vscode/vsce';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outFolder, root } from '../paths.ts';
import { listPackageFiles, packageFiles } from './packageFiles.ts';

/** What vsce takes for the time of all files. Zip files hold no time zone, so that it is the same on each clock. */
const packageTime = new Date(1980, 0, 1).getTime() / 1000;

/**
 * Builds the extension for production and packs it; the same sources give the same bytes. Throws if the package would
 * hold other files than expected.
 */
export async function createPackage(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const readmePath = await packagedReadme();
  // The package has the modes of the files: those that the build makes, and those of the checkout.
  process.umask(0o022);
  await setModes();
  process.env['SOURCE_DATE_EPOCH'] = String(packageTime);
  await createVSIX({
    cwd: root,
    readmePath,
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

/** Git makes files after the umask of whoever checks them out. */
async function setModes(): Promise<void> {
  const there = packageFiles.filter((path) => existsSync(join(root, path)));
  await Promise.all(there.map((path) => chmod(join(root, path), 0o644)));
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
