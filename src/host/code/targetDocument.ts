import * as vscode from 'vscode';
import { CodeProblem, shownName } from './codeProblem.ts';

const mostBytes = 10 * 1024 * 1024;

/** Opens a file that is to be changed; throws a {@link CodeProblem} for one that cannot be. */
export async function openTarget(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const name = shownName(uri);
  const isNotebook = vscode.workspace.notebookDocuments.some(
    (each) => each.uri.toString() === uri.toString(),
  );
  if (isNotebook || uri.scheme === 'vscode-notebook-cell' || uri.path.endsWith('.ipynb')) {
    throw new CodeProblem(
      vscode.l10n.t('{0} is a notebook: use Insert at Cursor in one of its cells.', name),
    );
  }
  if (uri.scheme !== 'untitled') await checkFile(uri, name);
  const document = await open(uri, name);
  if (document.getText().includes('\0')) throw notText(name);
  return document;
}

/** The text of a document with `\n` as line ends. */
export function plainLines(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}

async function checkFile(uri: vscode.Uri, name: string): Promise<void> {
  const { type, size, permissions } = await statOf(uri, name);
  if (type & vscode.FileType.Directory) throw new CodeProblem(vscode.l10n.t('{0} is a folder.', name));
  const isReadOnly = vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false;
  if (isReadOnly || (permissions ?? 0) & vscode.FilePermission.Readonly) {
    throw new CodeProblem(vscode.l10n.t('{0} is read-only and was not changed.', name));
  }
  if (size > mostBytes) {
    throw new CodeProblem(vscode.l10n.t('{0} is larger than 10 MB and was not changed.', name));
  }
}

async function statOf(uri: vscode.Uri, name: string): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    throw new CodeProblem(vscode.l10n.t('{0} is no longer there. Nothing was changed.', name));
  }
}

async function open(uri: vscode.Uri, name: string): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    throw notText(name);
  }
}

function notText(name: string): CodeProblem {
  return new CodeProblem(vscode.l10n.t('{0} cannot be read as text and was not changed.', name));
}
