import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import type { Platform } from '../../platform.ts';
import { isIgnored } from '../ignored.ts';
import { selectionSizeProblem } from '../sizeLimits.ts';
import { nameOfFile } from '../workspacePlace.ts';

/** The editor whose selection people mean: the active one, else one that is in sight. */
export function editorInSight(): vscode.TextEditor | undefined {
  return vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
}

/** Whether there is a selection to attach. */
export function hasSelection(): boolean {
  return editorInSight()?.selection.isEmpty === false;
}

/** The selected text, or why there is none. */
export async function selectionAttachment(
  platform: Pick<Platform, 'realPath'>,
): Promise<NewAttachment | string> {
  const editor = editorInSight();
  if (!editor || editor.selection.isEmpty) return vscode.l10n.t('Nothing is selected in an editor.');
  return rangeAttachment('selection', editor.document, editor.selection, platform);
}

/** A part of a document as it is now. */
export async function rangeAttachment(
  kind: 'selection' | 'symbol',
  document: vscode.TextDocument,
  range: vscode.Range,
  platform: Pick<Platform, 'realPath'>,
): Promise<NewAttachment | string> {
  const { uri, languageId } = document;
  const name = nameOfFile(uri);
  const text = document.getText(range);
  const problem = selectionSizeProblem(text);
  if (problem !== undefined) return problem;
  if (await isIgnored(uri, platform))
    return vscode.l10n.t('{0} is ignored by git and was not attached.', name);
  return { kind, name, text, language: languageId, firstLine: range.start.line + 1, uri: uri.toString() };
}
