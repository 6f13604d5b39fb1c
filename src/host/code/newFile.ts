import * as vscode from 'vscode';
import type { CodeBlock } from '../../chat/code/codeBlock.ts';
import { codeLanguage } from '../../chat/code/codeLanguage.ts';
import { wholeText } from '../../chat/code/proposeText.ts';
import type { Platform } from '../platform.ts';
import { shownName } from './codeProblem.ts';
import { newFilePlace } from './findTarget.ts';
import { exists } from './workspacePath.ts';

/** Opens code as a new file that is not saved; where the code names a free place in the workspace, that is offered. */
export async function newFile(block: CodeBlock, platform: Platform): Promise<void> {
  const place = await newFilePlace(block, platform);
  const content = place ? wholeText('', block.code) : block.code;
  const language = await knownLanguage(codeLanguage(block.info));
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  if (place) void offerToSave(editor, place);
}

async function offerToSave({ document }: vscode.TextEditor, place: vscode.Uri): Promise<void> {
  const name = shownName(place);
  const save = vscode.l10n.t('Save');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Save this as {0}?', name), save);
  if (answer !== save || document.isClosed) return;
  if (await exists(place)) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} is there by now and was not overwritten.', name),
    );
    return;
  }
  const text = document.getText();
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(place, { contents: new TextEncoder().encode(text), overwrite: false });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} could not be saved.', name));
    return;
  }
  await vscode.window.showTextDocument(document, { preview: false });
  // The text is saved under its name now: the one without a name goes without a question, unless it has more by now.
  if (vscode.window.activeTextEditor?.document === document && document.getText() === text)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.window.showTextDocument(place, { preview: false });
}

/** A language id that VS Code knows. */
export async function knownLanguage(language: string): Promise<string> {
  return (await vscode.languages.getLanguages()).includes(language) ? language : 'plaintext';
}
