import { PackageManager, listFiles } from '@vscode/vsce';

/** Every file of the package sorted; what is not here does not ship. */
export const packageFiles = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/ThirdPartyNotices.txt',
  'dist/extension.cjs',
  'dist/web/extension.cjs',
  'dist/webview/codicon.ttf',
  'dist/webview/panel.css',
  'dist/webview/panel.js',
  'l10n/bundle.l10n.ja.json',
  'media/icon.png',
  'media/panel.svg',
  // README.md without its pictures; the package holds this one in its place.
  'out/README.md',
  'package.json',
  'package.nls.ja.json',
  'package.nls.json',
] as const;

/** The files that vsce would put into a package of `folder`, sorted. */
export async function listPackageFiles(folder: string): Promise<string[]> {
  return (await listFiles({ cwd: folder, packageManager: PackageManager.None })).toSorted();
}
