/** Translates a message; `{0}`, `{1}`, … are replaced by the arguments. The shape of `vscode.l10n`. */
export interface L10n {
  t(message: string, ...args: (string | number)[]): string;
}
