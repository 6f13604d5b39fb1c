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

/** Documents that are in no file system and can be written all the same. */
const ownKinds = new Set([
  'untitled',
  'vscode-notebook-cell',
  'vscode-interactive-input',
  'vscode-scm',
  'comment',
]);

/** Throws a {@link CodeProblem} for a document of which VS Code knows that it cannot be written. */
export async function refuseReadOnly(uri: vscode.Uri): Promise<void> {
  if (ownKinds.has(uri.scheme)) return;
  if (!isWritable(uri)) throw readOnly(uri);
  // A file that is gone is still open, and is made again when it is saved.
  const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
  if (isReadOnlyFile(stat)) throw readOnly(uri);
}

/** Documents of other schemes show what an extension gives them. */
function isWritable({ scheme }: vscode.Uri): boolean {
  return vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}

function isReadOnlyFile(stat: vscode.FileStat | undefined): boolean {
  return ((stat?.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0;
}

function readOnly(uri: vscode.Uri): CodeProblem {
  return new CodeProblem(vscode.l10n.t('{0} is read-only and was not changed.', shownName(uri)));
}

/** The text of a document with `\n` as line ends. */
export function plainLines(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}

async function checkFile(uri: vscode.Uri, name: string): Promise<void> {
  if (!isWritable(uri)) throw readOnly(uri);
  const stat = await statOf(uri, name);
  const { type, size } = stat;
  if (type & vscode.FileType.Directory) throw new CodeProblem(vscode.l10n.t('{0} is a folder.', name));
  if (isReadOnlyFile(stat)) throw readOnly(uri);
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
