import type * as vscode from 'vscode';
import { activateExtension } from '../extension.ts';
import type { Platform } from '../platform.ts';

const webPlatform: Platform = {
  environmentVariable: () => undefined,
  restrictToOwner: () => Promise.resolve(),
};

/** Entry of the web worker extension host. */
export function activate(context: vscode.ExtensionContext): void {
  activateExtension(context, webPlatform);
}
