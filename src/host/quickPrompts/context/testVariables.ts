import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { codeSpan } from '../../../chat/codeSpan.ts';
import { testPlace, testPlaceText } from '../../../chat/quickPrompts/testPlace.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import { readFile } from '../../attachments/readFile.ts';
import { fileAttachment } from '../../attachments/sources/files.ts';
import { nameOfFile } from '../../attachments/workspacePlace.ts';
import { noEditor } from './editorVariables.ts';
import type { PromptScope, VariableValue } from './promptScope.ts';

/** `${tests}`: how the project tests, where the tests of the file belong, and one file of tests to follow. */
export async function testsValue(
  { editor }: PromptScope,
  { sources, platform }: Pick<Attachments, 'sources' | 'platform'>,
): Promise<VariableValue | string> {
  if (!editor) return noEditor();
  const { uri } = editor.document;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return { text: 'nothing is known of them' };
  const root = `${folder.uri.path.replace(/\/$/, '')}/`;
  const own = (await sources.files()).filter((file) => file.uri.path.startsWith(root));
  const uriOf = (path: string) => vscode.Uri.joinPath(folder.uri, path);
  const source = uri.path.slice(root.length);
  const place = await testPlace(source, {
    paths: own.map((file) => file.uri.path.slice(root.length)),
    read: async (path) => {
      const read = await readFile(uriOf(path), { label: path, isByHand: false }, platform);
      return 'text' in read ? read.text : undefined;
    },
  });
  if (!place) return { text: 'nothing is known of them' };
  const shown = place.exists ? place.path : place.example;
  const attachments: NewAttachment[] = [];
  if (shown !== undefined && shown !== source) {
    const made = await fileAttachment(uriOf(shown), false, platform);
    if (typeof made !== 'string') attachments.push(made);
  }
  const name = (path: string) => codeSpan(nameOfFile(uriOf(path)));
  return { text: testPlaceText(place, name), attachments, tests: uriOf(place.path) };
}
