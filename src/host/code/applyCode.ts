import * as vscode from 'vscode';
import type { CodeBlock } from '../../chat/code/codeBlock.ts';
import { proposeText, type ProposedText, wholeText } from '../../chat/code/proposeText.ts';
import { isUnifiedDiff } from '../../chat/code/unifiedDiff.ts';
import type { Platform } from '../platform.ts';
import { CodeProblem, shownName } from './codeProblem.ts';
import { type FindEditor, findTarget, type Target } from './findTarget.ts';
import { insertCode } from './insertCode.ts';
import type { Proposal, ProposedChanges } from './proposedChanges.ts';
import { openTarget, plainLines } from './targetDocument.ts';

interface PlaceItem extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

/** Finds the file that code is for, and shows what it becomes; where that is not clear, the person says where it goes. */
export async function applyCode(
  block: CodeBlock,
  findEditor: FindEditor,
  platform: Platform,
  changes: ProposedChanges,
): Promise<void> {
  const target = await findTarget(block, findEditor, platform);
  if (!target) return;
  const path = vscode.workspace.asRelativePath(target.uri, false);
  const find = (original: string): ProposedText =>
    target.isNew && original === '' && !isUnifiedDiff(block.code)
      ? { how: 'whole', text: wholeText('', block.code) }
      : proposeText(original, block.code, path);
  const original = target.isNew ? '' : plainLines(await openTarget(target.uri));
  const found = find(original);
  if (found.how === 'same')
    throw new CodeProblem(vscode.l10n.t('{0} has this code already.', shownName(target.uri)));
  // In a large file it takes seconds.
  const propose = (text: string) => proposalOf(text === original ? found : find(text));
  if ('text' in found) await changes.show({ ...target, propose });
  else await placeByHand(block, target, changes);
}

function proposalOf(proposed: ProposedText): Proposal | undefined {
  if (!('text' in proposed)) return undefined;
  const { how, text } = proposed;
  if (how === 'fuzzyDiff') {
    return {
      text,
      remark: vscode.l10n.t('The diff did not fit exactly: look at the lines around its changes.'),
    };
  }
  if (how === 'parts') {
    const remark = vscode.l10n.t('Parts of the code take the place of those of the same name.');
    return { text, remark };
  }
  return { text };
}

/** Nothing is guessed: the person picks one of the ways that are left, if there is any. */
async function placeByHand({ code }: CodeBlock, { uri }: Target, changes: ProposedChanges): Promise<void> {
  const name = shownName(uri);
  if (isUnifiedDiff(code)) {
    throw new CodeProblem(vscode.l10n.t('The diff does not fit {0}. Nothing was changed.', name));
  }
  const items: PlaceItem[] = [];
  const isOwn = ({ document }: vscode.TextEditor) => document.uri.toString() === uri.toString();
  const { activeTextEditor: active, visibleTextEditors } = vscode.window;
  const own = active && isOwn(active) ? active : visibleTextEditors.find(isOwn);
  if (own && !own.selection.isEmpty) {
    const label = vscode.l10n.t('Replace Selection');
    items.push({
      label,
      run: () => changes.show({ uri, isNew: false, propose: replaceSelection(own, code) }),
    });
  }
  items.push({
    label: vscode.l10n.t('Replace File'),
    run: () => changes.show({ uri, isNew: false, propose: (text) => ({ text: wholeText(text, code) }) }),
  });
  if (own) items.push({ label: vscode.l10n.t('Insert at Cursor'), run: () => insertCode(own, code) });
  const placeHolder = vscode.l10n.t('It is not clear where the code belongs in {0}', name);
  await (await vscode.window.showQuickPick(items, { placeHolder }))?.run();
}

/** In what the file holds now, and in nothing else: its places are no others' places. */
function replaceSelection({ document, selection }: vscode.TextEditor, code: string) {
  const before = plainLines(document);
  const now = document.getText();
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  // Whole lines are selected with the line end of the last.
  const lineEnd = selection.end.character === 0 ? '\n' : '';
  const changed = `${now.slice(0, start)}${code.replace(/\r?\n$/, '')}${lineEnd}${now.slice(end)}`;
  const text = changed.replaceAll('\r\n', '\n');
  return (original: string): Proposal | undefined => (original === before ? { text } : undefined);
}
