import { chmod } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { activateExtension } from '../extension.ts';
import type { Platform } from '../platform.ts';
import { nodeProbes } from './networkProbes.ts';
import { createNodeFetch } from './nodeFetch.ts';

const nodePlatform: Platform = {
  environmentVariable: (name) => process.env[name],
  restrictToOwner: async (folder) => {
    if (folder.scheme === 'file') await chmod(folder.fsPath, 0o700);
  },
  fetch: createNodeFetch(),
  probes: nodeProbes,
};

/** Entry of the Node extension host. */
export function activate(context: vscode.ExtensionContext): void {
  activateExtension(context, nodePlatform);
}
