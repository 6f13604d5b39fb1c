import * as vscode from 'vscode';
import { enclosingSymbol } from '../attachments/sources/symbols.ts';

/** Lines of a symbol that is taken as a whole. */
const mostLines = 200;

/**
 * The editor that a command is about, with the range selected that the command was given: arguments of commands are
 * untrusted. Undefined: there is none.
 */
export async function askedEditor(uri: unknown, range: unknown): Promise<vscode.TextEditor | undefined> {
  const { activeTextEditor: active, visibleTextEditors } = vscode.window;
  if (!(uri instanceof vscode.Uri) || !(range instanceof vscode.Range)) return active;
  const isIts = ({ document }: vscode.TextEditor) => document.uri.toString() === uri.toString();
  const shown = active && isIts(active) ? active : visibleTextEditors.find(isIts);
  // The list of problems offers fixes for files that are not open, too.
  const editor = shown ?? (await opened(uri));
  if (!editor) return undefined;
  const wanted = editor.document.validateRange(range);
  const isSelected = editor.selections.some((each) => !each.isEmpty && each.contains(wanted));
  if (!isSelected) {
    const selected = await wholeLines(editor.document, wanted);
    editor.selection = new vscode.Selection(selected.start, selected.end);
  }
  return editor;
}

/** What a fix may have to change: the symbol around the range, else its lines. */
async function wholeLines(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.Range> {
  const symbol = await enclosingSymbol(document.uri, range);
  const isSmall = symbol && symbol.end.line - symbol.start.line < mostLines;
  const { start, end } = document.validateRange(isSmall ? symbol : range);
  return new vscode.Range(start.line, 0, end.line, document.lineAt(end.line).range.end.character);
}

async function opened(uri: vscode.Uri): Promise<vscode.TextEditor | undefined> {
  try {
    return await vscode.window.showTextDocument(uri);
  } catch {
    // The file is gone, for one.
    return undefined;
  }
}
