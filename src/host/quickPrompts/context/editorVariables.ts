import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { codeSpan } from '../../../chat/codeSpan.ts';
import { mostAttachments } from '../../attachments/attachmentTray.ts';
import { isLargeText } from '../../attachments/sizeLimits.ts';
import { rangeAttachment } from '../../attachments/sources/editors.ts';
import { fileAttachment } from '../../attachments/sources/files.ts';
import { problemsAttachment } from '../../attachments/sources/problems.ts';
import { nameOfFile } from '../../attachments/workspacePlace.ts';
import type { Platform } from '../../platform.ts';
import type { PromptScope, VariableValue } from './promptScope.ts';

/** `${selection}`: all that is selected, one attachment for each selection. */
export async function selectionValue(
  { editor }: PromptScope,
  platform: Platform,
): Promise<VariableValue | string> {
  const selected = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
  const selections = selected.toSorted((a, b) => a.start.compareTo(b.start));
  if (!editor || selections.length === 0)
    return vscode.l10n.t('Nothing is selected; select the code that is meant in an editor.');
  if (selections.length > mostAttachments)
    return vscode.l10n.t('A prompt takes at most {0} attachments.', mostAttachments);
  const { document } = editor;
  const attachments: NewAttachment[] = [];
  for (const selection of selections) {
    const made = await rangeAttachment('selection', document, selection, platform);
    if (typeof made === 'string') return made;
    attachments.push(made);
  }
  const name = nameOfFile(document.uri);
  const text = selections.map((selection) => codeSpan(`${name}:${linesOf(selection)}`)).join(', ');
  return { text, attachments };
}

/** `${file}`: all of the file, with what is not saved yet. */
export async function fileValue(
  { editor }: PromptScope,
  platform: Platform,
): Promise<VariableValue | string> {
  if (!editor) return noEditor();
  const { document } = editor;
  const made = await wholeFile(document, platform);
  return typeof made === 'string' ? made : { text: codeSpan(nameOfFile(document.uri)), attachments: [made] };
}

/** `${diagnostics}`: the problems of the selection, of the file if nothing is selected; that there are none is worth telling too. */
export function diagnosticsValue({ editor }: PromptScope): VariableValue | string {
  if (!editor) return noEditor();
  const hasSelection = editor.selections.some(({ isEmpty }) => !isEmpty);
  const found = problemsAttachment(hasSelection ? 'selection' : 'file', editor);
  if (!found) return { text: 'no problem that VS Code reports' };
  return { text: codeSpan(found.name), attachments: [found] };
}

/** One sentence for a prompt that needs an editor where there is none. */
export function noEditor(): string {
  return vscode.l10n.t('No text editor is open; open the file that is meant.');
}

async function wholeFile(document: vscode.TextDocument, platform: Platform): Promise<NewAttachment | string> {
  // Text that no file holds goes out as it stands in the editor.
  if (document.uri.scheme === 'untitled' || document.uri.scheme === 'vscode-notebook-cell') {
    const end = document.lineAt(document.lineCount - 1).range.end;
    return rangeAttachment('selection', document, new vscode.Range(0, 0, end.line, end.character), platform);
  }
  if (isLargeText(document.getText()))
    return vscode.l10n.t(
      '{0} is larger than 512 KB and is not sent; attach a selection of it.',
      nameOfFile(document.uri),
    );
  return fileAttachment(document.uri, false, platform);
}

/** A selection that ends before the first character of a line has nothing of that line. */
function linesOf({ start, end }: vscode.Range): string {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return start.line === last ? String(start.line + 1) : `${start.line + 1}–${last + 1}`;
}
