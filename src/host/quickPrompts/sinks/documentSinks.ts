import * as vscode from 'vscode';
import { codeLanguage } from '../../../chat/code/codeLanguage.ts';
import {
  codeAnswer,
  isProse,
  markdownAnswer,
  proseAnswer,
  withLineEnd,
  withRemark,
} from '../../../chat/quickPrompts/answerText.ts';
import { indentationOf } from '../../../chat/code/indentation.ts';
import { withoutActiveContent } from '../../../chat/inertMarkdown.ts';
import { quoted } from '../../../chat/markdownSafety.ts';
import { cleanName, escapeMarkdown } from '../../../chat/untrusted.ts';
import { CodeProblem, shownName } from '../../code/codeProblem.ts';
import { knownLanguage } from '../../code/newFile.ts';
import { openTarget, refuseReadOnly } from '../../code/targetDocument.ts';
import { exists } from '../../code/workspacePath.ts';
import { isInWorkspace } from '../../workspace/isInWorkspace.ts';
import type { Platform } from '../../platform.ts';
import type { AnswerPlace } from '../answerSink.ts';
import { isGone } from './documentGone.ts';
import { followStream } from './followStream.ts';
import { StreamedText, type TextHead } from './streamedText.ts';
import type { StreamPlan } from './streamSink.ts';

const firstPlace = new vscode.Position(0, 0);
const longestTitle = 200;
const longestAsked = 2000;

/** What stands above an answer. */
type Headed = Pick<AnswerPlace, 'title' | 'asked'>;

/** A new Markdown document beside what the person works on. It is not saved, and VS Code asks before it goes. */
export function markdownPlan(place: AnswerPlace): StreamPlan {
  return {
    read: () => withRemark(withLineEnd(markdownAnswer()), `> ${vscode.l10n.t('The answer is not whole.')}`),
    open: async () => {
      const document = await vscode.workspace.openTextDocument({
        language: 'markdown',
        content: heading(place),
      });
      return streamAtEnd(await showBeside(document));
    },
  };
}

/** Opens a whole answer as {@link markdownPlan} does. */
export async function showAnswer(heads: Headed, answer: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({
    language: 'markdown',
    content: `${heading(heads)}${withoutActiveContent(answer)}\n`,
  });
  return showBeside(document);
}

/** At the cursor; what is selected stays. */
export async function insertPlan({ selected }: AnswerPlace): Promise<StreamPlan> {
  const { editor, selections = [] } = selected ?? {};
  const [selection] = selections;
  const nowhere = vscode.l10n.t('Put the cursor where the answer is to go, then ask again.');
  if (!editor || !selection) throw new CodeProblem(nowhere);
  const { document } = editor;
  const at = selection.active;
  const { text } = document.lineAt(at.line);
  const before = text.slice(0, at.character);
  const after = text.slice(at.character);
  // Before the check below: the person may go on typing.
  const stream = new StreamedText(document, document.offsetAt(at), ({ line, character }) => {
    const now = document.lineAt(line).text.slice(0, character);
    if (before.trim() !== '') return '';
    // Where somebody, or another answer, wrote on the line meanwhile.
    if (now.trim() !== '') return `\n${indentationOf(before)}`;
    // A save may have taken blanks at the end of a line.
    return before.startsWith(now) ? before.slice(now.length) : '';
  });
  try {
    await refuseReadOnly(document.uri);
    // Else the next file that is opened would take its tab, and close the document.
    if (vscode.window.activeTextEditor === editor)
      await vscode.commands.executeCommand('workbench.action.keepEditor');
    // What was closed by now tells that no more.
    if (isGone(document)) throw new CodeProblem(nowhere);
  } catch (error) {
    stream.dispose();
    throw error;
  }
  if (selections.length > 1) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The answer goes to the first of the cursors.'));
  }
  return {
    read: () => (isProse(document.languageId) ? proseAnswer() : codeAnswer(before, after)),
    stream,
    open: () => Promise.resolve(stream),
  };
}

/** A new file that is not saved yet; of a file that is there, its end. */
export async function newFilePlan(place: AnswerPlace, platform: Platform): Promise<StreamPlan> {
  const { path, language } = place;
  if (path && !(await isInWorkspace(path, platform))) {
    throw new CodeProblem(
      vscode.l10n.t('{0} lies outside of the workspace and was not changed.', shownName(path)),
    );
  }
  // So that a file that cannot be changed is told before anything is sent.
  if (path && (await exists(path))) await openTarget(path);
  return {
    read: () => withLineEnd(isProse(language ?? '') ? proseAnswer() : codeAnswer('', '')),
    open: async (info) => {
      const document = path ? await fileAt(path) : await untitledOf(language ?? codeLanguage(info ?? ''));
      await showBeside(document);
      return streamAtEnd(document, (at) =>
        blankLineAfter(document.getText(new vscode.Range(firstPlace, at))),
      );
    },
  };
}

/** As long as it is not saved, it has its path already. */
async function fileAt(path: vscode.Uri): Promise<vscode.TextDocument> {
  if (await exists(path)) return openTarget(path);
  return vscode.workspace.openTextDocument(path.with({ scheme: 'untitled' }));
}

async function untitledOf(language: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ content: '', language: await knownLanguage(language) });
}

async function showBeside(document: vscode.TextDocument): Promise<vscode.TextDocument> {
  const isShown = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  if (!isShown) {
    const viewColumn = vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: false });
  }
  return document;
}

function streamAtEnd(document: vscode.TextDocument, head?: TextHead): StreamedText {
  const { end } = document.lineAt(document.lineCount - 1).range;
  const stream = new StreamedText(document, document.offsetAt(end), head);
  const following = followStream(stream);
  stream.onDidChange(() => {
    if (stream.state !== 'growing') following.dispose();
  });
  return stream;
}

function blankLineAfter(text: string): string {
  if (text.trim() === '') return '';
  return text.endsWith('\n') ? '\n' : '\n\n';
}

function heading({ title, asked }: Headed): string {
  const name = escapeMarkdown(cleanName(title, longestTitle));
  const shown = asked.length > longestAsked ? `${asked.slice(0, longestAsked)}…` : asked;
  const quotation = shown.trim() === '' ? '' : `${quoted(withoutActiveContent(shown.trim()))}\n\n`;
  return `# ${name}\n\n${quotation}`;
}
