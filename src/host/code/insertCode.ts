import * as vscode from 'vscode';
import { insertedText } from '../../chat/code/insertedText.ts';
import { CodeProblem, shownName } from './codeProblem.ts';

/** Puts code in at all cursors, in place of what is selected, as one step of undo. */
export async function insertCode(editor: vscode.TextEditor, code: string): Promise<void> {
  if (code.trim() === '') return;
  const { document, selections } = editor;
  const { version } = document;
  const inserted = await editor.edit((builder) => {
    for (const selection of selections) {
      const first = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
      const rest = document.lineAt(selection.end.line).text.slice(selection.end.character);
      builder.replace(selection, insertedText(code, first, rest));
    }
  });
  // VS Code says yes also where an editor is read-only.
  if (!inserted || document.version === version) {
    throw new CodeProblem(
      vscode.l10n.t('{0} cannot be changed. Nothing was inserted.', shownName(document.uri)),
    );
  }
  // A notebook shows its cells itself.
  if (editor.viewColumn === undefined || document.uri.scheme === 'vscode-notebook-cell') return;
  await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn });
}
