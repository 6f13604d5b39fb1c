import { createVSIX } from '@vscode/vsce';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { root } from '../paths.ts';
import { listPackageFiles, packageFiles } from './packageFiles.ts';

/** Builds the extension for production and packs it. Throws if the package would hold other files than expected. */
export async function createPackage(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await createVSIX({
    cwd: root,
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
