import * as vscode from 'vscode';
import type { Platform } from '../platform.ts';
import { ignoredFiles } from './git.ts';
import { realPlace } from './workspacePlace.ts';

type Links = Pick<Platform, 'realPath'>;

/** Whether git ignores the file, or what it is a link to. Rejects if git does not answer. */
export async function isIgnored(of: vscode.Uri, platform: Links): Promise<boolean> {
  // A cell has the path of its notebook.
  const uri = of.scheme === 'vscode-notebook-cell' ? of.with({ scheme: 'file', fragment: '' }) : of;
  const name = uri.toString();
  // A file that an editor still shows may be gone.
  const places = await Promise.allSettled([placeOfLink(uri, platform), realPlace(uri, platform)]);
  const others = places
    .flatMap((place) => (place.status === 'fulfilled' && place.value ? [place.value] : []))
    .filter((place) => place.toString() !== name);
  const found = await Promise.all(others.map((place) => ignoredFiles([place])));
  if (found.some(({ size }) => size > 0)) return true;
  try {
    return (await ignoredFiles([uri])).size > 0;
  } catch (error) {
    // Behind a link git knows it by its other name only.
    if (others.length > 0) return false;
    throw error;
  }
}

/** The files among these that git does not ignore, without those behind links that lead out of the workspace. */
export async function notIgnored(uris: readonly vscode.Uri[], platform: Links): Promise<vscode.Uri[]> {
  try {
    const ignored = await ignoredFiles(uris);
    return uris.filter((uri) => !ignored.has(uri.toString()));
  } catch {
    const folders = new Map<string, Promise<vscode.Uri | undefined>>();
    const followed = uris.map(async (uri) => {
      const folder = vscode.Uri.joinPath(uri, '..');
      const key = folder.toString();
      const real = folders.get(key) ?? realPlace(folder, platform).catch(() => undefined);
      folders.set(key, real);
      const place = await real;
      return place && { uri, place: vscode.Uri.joinPath(place, baseName(uri)) };
    });
    const inside = (await Promise.all(followed)).filter((each) => each !== undefined);
    const ignored = await ignoredFiles(inside.map(({ place }) => place));
    return inside.filter(({ place }) => !ignored.has(place.toString())).map(({ uri }) => uri);
  }
}

/** The file by no link but itself. */
async function placeOfLink(uri: vscode.Uri, platform: Links): Promise<vscode.Uri | undefined> {
  const folder = await realPlace(vscode.Uri.joinPath(uri, '..'), platform);
  return folder && vscode.Uri.joinPath(folder, baseName(uri));
}

function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
