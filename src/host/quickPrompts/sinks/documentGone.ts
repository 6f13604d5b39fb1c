import * as vscode from 'vscode';

/** Calls back once when a document is closed, or the last tab that shows it: VS Code keeps the document for a while then. */
export function onDocumentGone(document: vscode.TextDocument, gone: () => void): vscode.Disposable {
  const tell = () => {
    subscriptions.dispose();
    gone();
  };
  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidCloseTextDocument((closed) => {
      // One that changes its language is closed and opened, too.
      if (closed === document && document.isClosed) tell();
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      const all = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
      if (closed.some((tab) => shows(tab, document)) && !all.some((tab) => shows(tab, document))) tell();
    }),
  );
  return subscriptions;
}

function shows({ input }: vscode.Tab, { uri }: vscode.TextDocument): boolean {
  if (input instanceof vscode.TabInputText) return isSame(input.uri, uri);
  if (input instanceof vscode.TabInputTextDiff)
    return isSame(input.modified, uri) || isSame(input.original, uri);
  // A cell has the path of its notebook.
  return input instanceof vscode.TabInputNotebook && input.uri.path === uri.path;
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
