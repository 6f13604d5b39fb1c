import type { L10n } from './l10n.ts';

/** What keeps a file from being read or written; `newerVersion`: this version does not know its format. */
export type StorageFault = 'full' | 'readOnly' | 'unreadable' | 'newerVersion';

/** A store that failed. `message` is for the log; people get {@link describeStorageError}. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly fault: StorageFault;

  constructor(fault: StorageFault, options?: ErrorOptions) {
    super(`Storage: ${fault}`, options);
    this.fault = fault;
  }
}

/** What a file system's error code (`NoPermissions`, `EROFS`, …) and its message say of the fault. */
export function storageFault(code: string, message: string): StorageFault {
  const text = `${code} ${message}`;
  // VS Code has no code of its own for these, but passes the system's message on.
  if (/\b(?:ENOSPC|EDQUOT)\b|quota/i.test(text)) return 'full';
  return /\b(?:EROFS|EACCES|EPERM|NoPermissions)\b/.test(text) ? 'readOnly' : 'unreadable';
}

/** Says what happened and what to do, as `describeError` does; undefined for any other error. */
export function describeStorageError(
  error: unknown,
  l10n: L10n,
): { readonly message: string; readonly action?: 'showLog' } | undefined {
  if (!(error instanceof StorageError)) return undefined;
  const texts: Readonly<Record<StorageFault, string>> = {
    full: l10n.t('The disk that holds the chatrooms of this machine is full; make room, then ask again.'),
    readOnly: l10n.t(
      'The folder that holds the chatrooms of this machine cannot be written; check its permissions, then ask again.',
    ),
    unreadable: l10n.t('The chatrooms of this machine cannot be read; the log says more.'),
    newerVersion: l10n.t(
      'This chatroom was written by a newer version of Tachyon Chat; update the extension to open it.',
    ),
  };
  return { message: texts[error.fault], ...(error.fault === 'unreadable' && { action: 'showLog' as const }) };
}
