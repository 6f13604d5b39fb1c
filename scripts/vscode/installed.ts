import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder } from '../paths.ts';
import { provisionServer } from './provision.ts';
import { createProfile, installVsix } from './server.ts';

/** Folders of installed extensions, each named after the .vsix that it was made of. */
export const installedFolder = join(outFolder, 'installed');

/**
 * The extensions folder of a profile into which VS Code has installed the .vsix and nothing else. It is made once for
 * each content of the file, so that a profile which copies it needs no process for that.
 */
export async function installedExtensions(vsix: string): Promise<string> {
  const hash = createHash('sha256')
    .update(await readFile(vsix))
    .digest('hex');
  const folder = join(installedFolder, hash);
  if (existsSync(folder)) return folder;
  await mkdir(installedFolder, { recursive: true });
  const partial = await mkdtemp(join(installedFolder, 'partial-'));
  try {
    const profile = await createProfile(partial, {});
    await installVsix(await provisionServer(), profile, vsix);
    await rename(profile.extensions, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // else another process was faster
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
