/** Translates a message; `{0}`, `{1}`, … are replaced by the arguments. The shape of `vscode.l10n`. */
export interface L10n {
  t(message: string, ...args: (string | number)[]): string;
}

/** Fills in the arguments and leaves the English text: for use without VS Code. */
export const untranslated: L10n = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (hole, index) => String(args[Number(index)] ?? hole)),
};
