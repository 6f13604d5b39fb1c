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

  /** One that is behind another tab comes to the front, with its cursors; undefined: none is open. */
  async find(): Promise<vscode.TextEditor | undefined> {
    const { activeTextEditor: active, visibleTextEditors } = vscode.window;
    if (active && isForPeople(active)) return active;
    const visible = visibleTextEditors.filter(isForPeople);
    const last = this.#last;
    const shown = visible.find((editor) => editor === last || editor.document === last?.document);
    if (shown || !last || !hasTab(last.document)) return shown ?? visible[0];
    return vscode.window.showTextDocument(last.document, {
      viewColumn: last.viewColumn ?? vscode.ViewColumn.Active,
    });
  }
}

/** A document may be open for a while without being shown anywhere. */
function hasTab({ isClosed, uri }: vscode.TextDocument): boolean {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const isIts = (input: unknown) =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  return !isClosed && inputs.some(isIts);
}

/** And no output, and no document that cannot be written. */
function isForPeople({ document }: vscode.TextEditor): boolean {
  const { scheme } = document.uri;
  const isOwnKind = scheme === 'untitled' || scheme === 'vscode-notebook-cell';
  return isOwnKind || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
