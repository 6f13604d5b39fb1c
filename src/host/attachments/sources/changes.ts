import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { gitRepositories } from '../git.ts';
import { isLargeText } from '../sizeLimits.ts';

/** The uncommitted changes of the workspace's repositories, staged ones first, or why there are none. */
export async function changesAttachments(): Promise<readonly NewAttachment[] | string> {
  const repositories = await gitRepositories();
  if (repositories.length === 0) return vscode.l10n.t('There is no git repository here.');
  const found: NewAttachment[] = [];
  for (const repository of repositories) {
    const diffs = [await repository.diff(true), await repository.diff()];
    const text = diffs.filter((diff) => diff.trim() !== '').join('\n');
    if (text === '') continue;
    if (isLargeText(text))
      return vscode.l10n.t('These changes are larger than 512 KB and were not attached.');
    const folder = repository.rootUri.path.split('/').at(-1) ?? '';
    const name = vscode.l10n.t('Uncommitted changes in {0}', folder);
    found.push({ kind: 'changes', name, text, language: 'diff' });
  }
  return found.length > 0 ? found : vscode.l10n.t('There are no uncommitted changes.');
}

/** Whether a repository is there to ask. */
export async function hasRepository(): Promise<boolean> {
  return (await gitRepositories()).length > 0;
}
