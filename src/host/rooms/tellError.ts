import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { describeError } from '../../chat/describeError.ts';
import { describeStorageError } from '../../chat/storageError.ts';
import { plainText } from '../../chat/untrusted.ts';

/** One sentence about what went wrong with a connection's chatrooms, as plain text. */
export function errorText(error: unknown, { name, kind }: Connection): string {
  const described = describeStorageError(error, vscode.l10n) ?? describeError(error, name, vscode.l10n, kind);
  return plainText(described.message);
}

/** Shows {@link errorText} as a notification. */
export function tellError(error: unknown, connection: Connection): void {
  void vscode.window.showErrorMessage(errorText(error, connection));
}
