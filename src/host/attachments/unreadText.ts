import * as vscode from 'vscode';

/** One sentence for what cannot be read. */
export function unreadableText(label: string): string {
  return vscode.l10n.t('{0} could not be read and is not sent.', label);
}

/** One sentence for bytes where text is needed. */
export function notTextText(label: string): string {
  return vscode.l10n.t('{0} is not a text file and is not sent.', label);
}
