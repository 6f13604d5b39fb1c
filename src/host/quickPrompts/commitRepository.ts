import * as vscode from 'vscode';
import { cleanLabel } from '../../chat/untrusted.ts';
import { type GitRepository, gitRepositories, gitRepository } from '../attachments/git.ts';
import type { Asking } from './stopControls.ts';

/**
 * The repository whose changes are meant: that of `uri`, such as the active file or what a menu names, else the one that
 * the view of source control has selected, else the one that the person picks. A sentence where there is none; undefined
 * if they pick none.
 */
export async function commitRepository(
  uri: vscode.Uri | undefined,
  asking: Asking,
): Promise<GitRepository | string | undefined> {
  const own = uri?.scheme === 'file' ? await gitRepository(uri) : undefined;
  if (own) return own;
  const all = await gitRepositories();
  if (all.length === 0) return vscode.l10n.t('There is no git repository here.');
  const [first, second] = all;
  if (first && !second) return first;
  const selected = all.filter(({ ui }) => ui.selected);
  return selected.length === 1 ? selected[0] : pickRepository(all, asking);
}

async function pickRepository(
  all: readonly GitRepository[],
  asking: Asking,
): Promise<GitRepository | undefined> {
  const items = all.map((repository) => ({
    label: cleanLabel(repository.rootUri.path.split('/').at(-1) ?? '', 120),
    description: cleanLabel(vscode.workspace.asRelativePath(repository.rootUri), 200),
    repository,
  }));
  const placeHolder = vscode.l10n.t('The repository whose changes are meant');
  return (await asking((token) => vscode.window.showQuickPick(items, { placeHolder }, token)))?.repository;
}
