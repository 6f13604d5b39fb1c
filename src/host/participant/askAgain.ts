import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import { modelVendor, participant } from '../../shared/contributions.ts';

/** A prompt that a button asks again, with the files and selections that went with it. */
export interface RepeatedPrompt {
  readonly prompt: string;
  readonly files: readonly RepeatedFile[];
}

interface RepeatedFile {
  /** As a string: VS Code stores a button's arguments as JSON. */
  readonly uri: string;
  readonly range?: Range;
}

/** Line and character of the start, then of the end, counted from 0. */
type Range = readonly [number, number, number, number];

/** What a button needs to ask a request again. */
export function repeatedPrompt({ command, prompt, references }: vscode.ChatRequest): RepeatedPrompt {
  const files = references.flatMap(({ value }) => {
    if (value instanceof vscode.Uri) return [{ uri: value.toString() }];
    if (!(value instanceof vscode.Location)) return [];
    const { start, end } = value.range;
    const range: Range = [start.line, start.character, end.line, end.character];
    return [{ uri: value.uri.toString(), range }];
  });
  return { prompt: command === undefined ? prompt : `/${command} ${prompt}`, files };
}

/** The prompt in a command's argument, which is untrusted: undefined for any other shape. */
export function parseRepeatedPrompt(argument: unknown): RepeatedPrompt | undefined {
  if (!isObject(argument)) return undefined;
  const { prompt, files } = argument;
  if (typeof prompt !== 'string' || prompt.trim() === '') return undefined;
  return { prompt, files: Array.isArray(files) ? files.filter(isFile) : [] };
}

/**
 * Sends a prompt to `@tachyon` in the Chat view, as if it had been typed, with the picker's model or with `model`.
 * Without a prompt it only opens the view.
 */
export async function askInChatView(repeated: RepeatedPrompt | undefined, model?: string): Promise<void> {
  // Resolves our models first: a prompt sent while the picker has none fails before the handler is called.
  await vscode.lm.selectChatModels({ vendor: modelVendor });
  await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: `@${participant.name} ${repeated?.prompt ?? ''}`,
    isPartialQuery: repeated === undefined,
    attachFiles: (repeated?.files ?? []).flatMap(attachment),
    ...(model !== undefined && { modelSelector: { vendor: modelVendor, id: model } }),
  });
}

/** Only files of the workspace: what a person picked elsewhere must be picked again. */
function attachment({ uri, range }: RepeatedFile): (vscode.Uri | object)[] {
  const file = vscode.Uri.parse(uri);
  if (!vscode.workspace.getWorkspaceFolder(file)) return [];
  return range ? [{ uri: file, range: workbenchRange(range) }] : [file];
}

/** A range as the workbench has it, counted from 1: it converts none inside of a command's argument. */
function workbenchRange([startLine, startCharacter, endLine, endCharacter]: Range): object {
  return {
    startLineNumber: startLine + 1,
    startColumn: startCharacter + 1,
    endLineNumber: endLine + 1,
    endColumn: endCharacter + 1,
  };
}

function isFile(value: unknown): value is RepeatedFile {
  if (!isObject(value) || typeof value['uri'] !== 'string') return false;
  const { range } = value;
  if (range === undefined) return true;
  return Array.isArray(range) && range.length === 4 && range.every((at) => Number.isInteger(at) && at >= 0);
}
