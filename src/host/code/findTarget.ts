import * as vscode from 'vscode';
import type { CodeBlock } from '../../chat/code/codeBlock.ts';
import { namedPaths, type NamedPaths } from '../../chat/code/namedPaths.ts';
import { cleanLabel } from '../../chat/untrusted.ts';
import type { Platform } from '../platform.ts';
import { isInWorkspace } from '../workspace/isInWorkspace.ts';
import { CodeProblem, shownName } from './codeProblem.ts';
import { filesAt, placesOf } from './workspacePath.ts';

/** The file that code is for. */
export interface Target {
  readonly uri: vscode.Uri;
  /** It is to be made. */
  readonly isNew: boolean;
  /** It is what the person works on, wherever that lies. */
  readonly isOfEditor?: true;
}

/** The text editor that the person works in; undefined: none is open. */
export type FindEditor = () => Promise<vscode.TextEditor | undefined>;

interface TargetItem extends vscode.QuickPickItem {
  readonly target: Target;
}

const longestLabel = 200;

/**
 * The file that a block names, in the workspace, else that of the editor. Where it may be one of several the person picks;
 * undefined: none.
 */
export async function findTarget(
  block: CodeBlock,
  findEditor: FindEditor,
  platform: Platform,
): Promise<Target | undefined> {
  const named = namedPaths(block);
  const target = named ? await ofPaths(named, findEditor) : ofEditor(await findEditor());
  if (!target || target.isOfEditor || (await isInWorkspace(target.uri, platform))) return target;
  throw new CodeProblem(
    vscode.l10n.t('{0} lies outside of the workspace and was not changed.', shownName(target.uri)),
  );
}

/** Where a new file is to be saved; undefined: the block names none, or one that is there. */
export async function newFilePlace(block: CodeBlock, platform: Platform): Promise<vscode.Uri | undefined> {
  const path = namedPaths(block)?.paths[0];
  const [place] = path === undefined ? [] : placesOf(path);
  if (path === undefined || !place || (await filesAt(path)).length > 0) return undefined;
  return (await isInWorkspace(place, platform)) ? place : undefined;
}

async function ofPaths({ paths, source }: NamedPaths, findEditor: FindEditor): Promise<Target | undefined> {
  const found = (await Promise.all(paths.map((path) => filesAt(path)))).flat();
  const existing = unique(found).map((uri) => ({ uri, isNew: false }));
  if (existing.length > 0) return pick(existing);
  const places = unique(paths.flatMap(placesOf)).map((uri) => ({ uri, isNew: true }));
  // What only stands near the code may be no file at all.
  if (source === 'comment' || source === 'above') {
    const editor = await findEditor();
    return editor || places.length === 0 ? pick([ofEditor(editor), ...places]) : pick(places);
  }
  if (places.length > 0) return pick(places);
  const path = cleanLabel(paths[0] ?? '', longestLabel);
  throw new CodeProblem(
    vscode.l10n.t('{0} is in no open folder. Only files of the workspace are changed.', path),
  );
}

function ofEditor(editor: vscode.TextEditor | undefined): Target {
  if (editor) return { uri: editor.document.uri, isNew: false, isOfEditor: true };
  throw new CodeProblem(vscode.l10n.t('The code names no file, and no text editor is open to apply it to.'));
}

async function pick(targets: readonly Target[]): Promise<Target | undefined> {
  if (targets.length <= 1) return targets[0];
  const items = targets.map((target): TargetItem => {
    const label = cleanLabel(vscode.workspace.asRelativePath(target.uri), longestLabel);
    return { label, target, ...(target.isNew && { description: vscode.l10n.t('new file') }) };
  });
  const placeHolder = vscode.l10n.t('Which file is the code for?');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.target;
}

function unique(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}
