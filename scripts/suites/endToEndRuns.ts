import { glob } from 'node:fs/promises';
import { basename } from 'node:path';
import { root } from '../paths.ts';

/**
 * Files of `test/e2e` that run in one process, because they share one VS Code (`test/e2e/support/sharedVSCode.ts`). Not
 * `history` and `recovery`: both kill the extension host, which VS Code starts anew only twice in a window.
 */
export const sharingFiles: readonly (readonly string[])[] = [
  ['errors', 'conversation', 'limits', 'faults'],
  ['panel', 'panelCommands', 'codeBlocks'],
  ['diagnose', 'endpoints'],
  ['connections', 'signIn'],
  // The last test of the second closes the window.
  ['quickPrompts', 'quickPromptPlaces'],
];

/** The files of `test/e2e` by the runs that they make: together as above, the others alone. */
export async function endToEndRuns(): Promise<string[][]> {
  const files: string[] = [];
  for await (const file of glob('test/e2e/*.test.ts', { cwd: root })) files.push(file);
  const named = (name: string): string[] => files.filter((file) => nameOf(file) === name);
  const together = sharingFiles.map((names) => names.flatMap(named));
  const alone = files.filter((file) => !together.flat().includes(file));
  return [...together, ...alone.map((file) => [file])].filter((run) => run.length > 0);
}

/** What stands before `.test.ts`. */
export function nameOf(file: string): string {
  return basename(file, '.test.ts');
}
