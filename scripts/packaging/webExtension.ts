import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder, root } from '../paths.ts';

/**
 * Lays out the built extension without its Node entry: VS Code then runs the browser bundle in the web worker host,
 * as it does on vscode.dev. Returns the folder.
 */
export async function stageWebExtension(): Promise<string> {
  const folder = join(outFolder, 'web-extension');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest: Record<string, unknown> = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  // A "workspace" extension would stay with the Node host, which finds no entry.
  manifest['extensionKind'] = ['web'];
  for (const key of ['main', 'scripts', 'devDependencies']) delete manifest[key];
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const path of [
    'dist/web',
    'dist/webview',
    'l10n',
    'media',
    'package.nls.json',
    'package.nls.ja.json',
  ]) {
    await cp(join(root, path), join(folder, path), { recursive: true });
  }
  return folder;
}
