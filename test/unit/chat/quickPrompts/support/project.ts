import type { ProjectFiles } from '../../../../../src/chat/quickPrompts/projectFiles.ts';

/** A project of files; those that are only named are empty. */
export function project(files: Readonly<Record<string, string>> | readonly string[]): ProjectFiles {
  const texts = Array.isArray(files)
    ? new Map(files.map((path: string) => [path, '']))
    : new Map(Object.entries(files));
  return { paths: [...texts.keys()], read: async (path) => texts.get(path) };
}
