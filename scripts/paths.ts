import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything that is downloaded or made by a run of VS Code; git-ignored. */
export const vscodeTestFolder = join(root, '.vscode-test');

/** Output of tests and scripts; git-ignored. */
export const outFolder = join(root, 'out');
