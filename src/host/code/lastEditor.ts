import * as vscode from 'vscode';

/** The text editor that a person works in, also while the focus is in a panel of another kind. */
export class LastEditor implements vscode.Disposable {
  #last = vscode.window.activeTextEditor;
  readonly #subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor && isForPeople(editor)) this.#last = editor;
  });

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Undefined if none is in sight. */
  get current(): vscode.TextEditor | undefined {
    const { activeTextEditor: active, visibleTextEditors } = vscode.window;
    if (active && isForPeople(active)) return active;
    const visible = visibleTextEditors.filter(isForPeople);
    const last = this.#last;
    return visible.find((editor) => editor === last || editor.document === last?.document) ?? visible[0];
  }
}

/** And no output, and no document that cannot be written. */
function isForPeople({ document }: vscode.TextEditor): boolean {
  const { scheme } = document.uri;
  const isOwnKind = scheme === 'untitled' || scheme === 'vscode-notebook-cell';
  return isOwnKind || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
