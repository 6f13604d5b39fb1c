import type * as vscode from 'vscode';
import { activateExtension } from './extension.ts';
import type { Platform } from './platform.ts';

/** What VS Code calls of an extension. */
export interface Entry {
  readonly activate: (context: vscode.ExtensionContext) => void;
  /** VS Code waits for it when the window closes. */
  readonly deactivate: () => Promise<void> | undefined;
}

/** The entry of a host. */
export function createEntry(platform: Platform): Entry {
  let finish: (() => Promise<void>) | undefined;
  return {
    activate: (context) => {
      finish = activateExtension(context, platform);
    },
    deactivate: () => finish?.(),
  };
}
