/** What VS Code tells of the host it runs in. */
export interface HostFacts {
  /** `vscode.env.remoteName`. */
  readonly remoteName: string | undefined;
  /** `vscode.env.uiKind` is the web's. */
  readonly isWeb: boolean;
  /** `vscode.env.appHost`: `desktop`, `codespaces`, `web`, … */
  readonly appHost: string;
  /** Scheme of the extension's storage folder: `file` where there is a disk. */
  readonly storageScheme: string;
}

/** Why chatrooms on this machine may not last. */
export type ShortLivedReason = 'container' | 'codespace' | 'browser';

/**
 * Why what an extension stores here may vanish; undefined where it lasts. A container is thrown away when it is built
 * anew, a codespace is deleted after some weeks without use, and a browser drops the data of pages. A server with a disk
 * of its own that is only looked at through a browser keeps them.
 */
export function shortLivedReason({
  remoteName,
  isWeb,
  appHost,
  storageScheme,
}: HostFacts): ShortLivedReason | undefined {
  if (remoteName === 'codespaces' || appHost === 'codespaces') return 'codespace';
  if (remoteName === 'dev-container' || remoteName === 'attached-container') return 'container';
  return isWeb && storageScheme !== 'file' ? 'browser' : undefined;
}
