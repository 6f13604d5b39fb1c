import { chmod } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { activateExtension } from '../extension.ts';
import type { Platform } from '../platform.ts';

const nodePlatform: Platform = {
  environmentVariable: (name) => process.env[name],
  restrictToOwner: async (folder) => {
    if (folder.scheme === 'file') await chmod(folder.fsPath, 0o700);
  },
};

/** Entry of the Node extension host. */
export function activate(context: vscode.ExtensionContext): void {
  activateExtension(context, nodePlatform);
}
