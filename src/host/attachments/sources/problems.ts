import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { cleanName } from '../../../chat/untrusted.ts';
import { nameOfFile } from '../workspacePlace.ts';
import { editorInSight } from './editors.ts';

/** Problems that are attached at once. */
const most = 500;
const severities = ['error', 'warning', 'information', 'hint'] as const;

/** Of what problems are told. */
export type ProblemScope = 'selection' | 'file' | 'workspace';

interface Problem {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** How many problems there are. */
export function countProblems(scope: ProblemScope): number {
  return problemsOf(scope).length;
}

/**
 * The problems as `path:line:col severity message (source code)`, one a line; undefined if there are none. `editor`: whose
 * file and selections are meant.
 */
export function problemsAttachment(scope: ProblemScope, editor = editorInSight()): NewAttachment | undefined {
  const problems = problemsOf(scope, editor);
  if (problems.length === 0) return undefined;
  const lines = problems.slice(0, most).map(lineOf);
  const more = problems.length - lines.length;
  const text = [...lines, ...(more > 0 ? [`… ${more} more`] : [])].join('\n');
  const name =
    scope === 'workspace' || !editor
      ? vscode.l10n.t('Problems in the workspace')
      : vscode.l10n.t('Problems in {0}', nameOfFile(editor.document.uri));
  return { kind: 'problems', name, text };
}

function problemsOf(scope: ProblemScope, editor = editorInSight()): Problem[] {
  if (scope === 'workspace') {
    return vscode.languages
      .getDiagnostics()
      .flatMap(([uri, diagnostics]) => diagnostics.map((diagnostic) => ({ uri, diagnostic })))
      .toSorted(bySeverity);
  }
  if (!editor) return [];
  const { uri } = editor.document;
  const isSelected = (range: vscode.Range) =>
    editor.selections.some((selection) => concerns(selection, range));
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ range }) => scope === 'file' || isSelected(range))
    .map((diagnostic) => ({ uri, diagnostic }))
    .toSorted(bySeverity);
}

/** Whole lines are selected up to the beginning of the next one, whose problems are not meant. */
function concerns(selection: vscode.Selection, range: vscode.Range): boolean {
  const common = selection.intersection(range);
  if (!common?.isEmpty || selection.isEmpty) return common !== undefined;
  const { end } = selection;
  return range.isEmpty && (end.character > 0 || range.start.line < end.line);
}

function bySeverity(a: Problem, b: Problem): number {
  return a.diagnostic.severity - b.diagnostic.severity;
}

function lineOf({ uri, diagnostic: { range, severity, message, source = '', code } }: Problem): string {
  const place = `${nameOfFile(uri)}:${range.start.line + 1}:${range.start.character + 1}`;
  const value = typeof code === 'object' ? code.value : code;
  const from = [source, value === undefined ? '' : String(value)].filter(Boolean).join(' ');
  return `${place} ${severities[severity]} ${cleanName(message, 2000)}${from && ` (${cleanName(from, 200)})`}`;
}
