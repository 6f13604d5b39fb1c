import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { cleanName } from '../../../chat/untrusted.ts';
import { diffOf, type GitRepository, gitRepositories } from '../git.ts';
import { isLargeText } from '../sizeLimits.ts';
import { nameOfFile } from '../workspacePlace.ts';

/** As VS Code's git extension numbers it. */
const untracked = 7;
const mostNamed = 5;

/**
 * The uncommitted changes of the workspace's repositories, or of the one with this root, staged ones first, and a sentence
 * about what git's diff lacks, or why there are none.
 */
export async function changesAttachments(root?: vscode.Uri): Promise<readonly (NewAttachment | string)[]> {
  const repositories = (await gitRepositories()).filter(
    ({ rootUri }) => root === undefined || rootUri.toString() === root.toString(),
  );
  if (repositories.length === 0) return [vscode.l10n.t('There is no git repository here.')];
  const found: NewAttachment[] = [];
  const left = await leftOut(repositories);
  for (const repository of repositories) {
    const diffs = [await diffOf(repository, true), await diffOf(repository, false)];
    const text = diffs.filter((diff) => diff.trim() !== '').join('\n');
    if (text === '') continue;
    if (isLargeText(text))
      return [vscode.l10n.t('These changes are larger than 512 KB and were not attached.')];
    const folder = repository.rootUri.path.split('/').at(-1) ?? '';
    const name = vscode.l10n.t('Uncommitted changes in {0}', folder);
    found.push({ kind: 'changes', name, text, language: 'diff' });
  }
  if (found.length === 0 && left === undefined) return [vscode.l10n.t('There are no uncommitted changes.')];
  return [...found, ...(left === undefined ? [] : [left])];
}

/** A sentence about what git's diff of all that is not committed lacks; undefined: nothing. */
export async function leftOut(repositories: readonly GitRepository[]): Promise<string | undefined> {
  const names = (await Promise.all(repositories.map(filesLeftOut))).flat();
  return names.length === 0 ? undefined : leftOutText(names);
}

/** The files that git does not know yet, and those whose changes are not saved. */
async function filesLeftOut(repository: GitRepository): Promise<string[]> {
  await repository.status();
  const { rootUri, state } = repository;
  const isWithin = ({ path }: vscode.Uri) => path.startsWith(`${rootUri.path}/`);
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === rootUri.scheme && isWithin(uri),
  );
  const { workingTreeChanges, untrackedChanges = [] } = state;
  const unknown = [...workingTreeChanges, ...untrackedChanges].filter(({ status: is }) => is === untracked);
  return [...new Set([...unknown, ...unsaved].map(({ uri }) => nameOfFile(uri)))];
}

function leftOutText(names: readonly string[]): string {
  const more = names.length > mostNamed ? ['…'] : [];
  const listed = [...names.slice(0, mostNamed).map((name) => cleanName(name, 80)), ...more].join(', ');
  return vscode.l10n.t('The changes lack files that are new to git or not saved: {0}', listed);
}

/** Whether a repository is there to ask. */
export async function hasRepository(): Promise<boolean> {
  return (await gitRepositories()).length > 0;
}
