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
      if (closed.some((tab) => shows(tab, document)) && !hasTab(document)) tell();
    }),
  );
  return subscriptions;
}

/** Whether a document is closed, or nothing shows it any more, not even behind another tab. */
export function isGone(document: vscode.TextDocument): boolean {
  // Some have an editor in no tab, such as a commit message.
  const isInSight = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  return document.isClosed || (!isInSight && !hasTab(document));
}

function hasTab(document: vscode.TextDocument): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => shows(tab, document)));
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
