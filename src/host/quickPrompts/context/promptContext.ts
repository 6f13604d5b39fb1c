import type * as vscode from 'vscode';
import type { Attachment } from '../../../chat/attachments/attachment.ts';
import { docStyle } from '../../../chat/quickPrompts/docStyle.ts';
import type { PromptVariable } from '../../../chat/quickPrompts/promptTemplate.ts';
import { cleanName } from '../../../chat/untrusted.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import { nameOfFile } from '../../attachments/workspacePlace.ts';
import { commitsValue, diffValue } from './changeVariables.ts';
import { diagnosticsValue, fileValue, noEditor, selectionValue } from './editorVariables.ts';
import { clipboardValue, displayLanguage, folderValue, terminalValue } from './otherVariables.ts';
import type { PromptScope, VariableValue } from './promptScope.ts';
import { testsValue } from './testVariables.ts';

/** Of a file or a folder, in characters. */
const longestName = 300;

/** What the variables of a prompt stand for. */
export interface PromptContext {
  readonly values: Readonly<Partial<Record<PromptVariable, string>>>;
  readonly attachments: readonly Attachment[];
  readonly repository?: vscode.Uri;
  /** The file that tests belong into. */
  readonly tests?: vscode.Uri;
}

/**
 * Finds what variables stand for. A sentence that says what to do where one stands for nothing; undefined if the person
 * changed their mind. Nothing is asked of the person but which repository is meant.
 */
export async function promptContext(
  variables: readonly PromptVariable[],
  scope: PromptScope,
  files: Pick<Attachments, 'platform' | 'sources'>,
): Promise<PromptContext | string | undefined> {
  const found = new Map<PromptVariable, VariableValue>();
  for (const variable of new Set(variables)) {
    const value = await valueOf(variable, scope, files);
    if (value === undefined || typeof value === 'string') return value;
    found.set(variable, value);
  }
  const all = [...found.values()];
  const repository = all.find((value) => value.repository)?.repository;
  const tests = all.find((value) => value.tests)?.tests;
  return {
    values: Object.fromEntries([...found].map(([variable, { text }]) => [variable, text])),
    attachments: [...found]
      .flatMap(([variable, { attachments = [] }]) =>
        variable === 'selection' && found.has('file') && isAllSelected(scope) ? [] : attachments,
      )
      .map((attachment, i) => ({ ...attachment, id: String(i), sendsSecrets: false })),
    ...(repository && { repository }),
    ...(tests && { tests }),
  };
}

/** The same text need not go out twice. */
function isAllSelected({ editor }: PromptScope): boolean {
  const all = editor?.document.getText().trim();
  return editor?.selections.some((selection) => editor.document.getText(selection).trim() === all) === true;
}

async function valueOf(
  variable: PromptVariable,
  scope: PromptScope,
  files: Pick<Attachments, 'platform' | 'sources'>,
): Promise<VariableValue | string | undefined> {
  const document = scope.editor?.document;
  const ofDocument = (text: (document: vscode.TextDocument) => string) =>
    document ? { text: text(document) } : noEditor();
  switch (variable) {
    case 'selection':
      return selectionValue(scope, files.platform);
    case 'file':
      return fileValue(scope, files.platform);
    case 'diagnostics':
      return diagnosticsValue(scope);
    case 'diff':
      return diffValue(scope);
    case 'commits':
      return commitsValue(scope);
    case 'terminal':
      return terminalValue();
    case 'clipboard':
      return clipboardValue();
    case 'tests':
      return testsValue(scope, files);
    case 'language':
      return ofDocument(({ languageId }) => languageId);
    case 'fileBasename':
      return ofDocument(({ uri }) => cleanName(baseName(uri), longestName));
    case 'fileBasenameNoExtension':
      return ofDocument(({ uri }) => cleanName(baseName(uri).replace(/(?<=.)\.[^.]*$/, ''), longestName));
    case 'fileDirname':
      // In the workspace, never the whole path.
      return ofDocument(({ uri }) => cleanName(/^(.+)\//.exec(nameOfFile(uri))?.[1] ?? '.', longestName));
    case 'docStyle':
      return ofDocument(({ languageId }) => docStyle(languageId));
    case 'workspaceFolder':
      return folderValue(document);
    case 'displayLanguage':
      break;
  }
  return { text: displayLanguage() };
}

function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
