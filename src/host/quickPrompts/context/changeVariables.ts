import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { commitLog } from '../../../chat/quickPrompts/commitLog.ts';
import { diffOf, type GitRepository } from '../../attachments/git.ts';
import { changesAttachments, leftOut } from '../../attachments/sources/changes.ts';
import { isLargeText } from '../../attachments/sizeLimits.ts';
import type { PromptScope, VariableValue } from './promptScope.ts';

const mostCommits = 20;
/** Merges included. */
const mostRead = 60;

/** `${diff}`: what is not committed; for a commit message what the commit will hold. */
export async function diffValue(scope: PromptScope): Promise<VariableValue | string | undefined> {
  if (scope.target !== 'scm') {
    const found = await changesAttachments(scope.root);
    const attachments = found.filter((each) => typeof each !== 'string');
    const remarks = found.filter((each) => typeof each === 'string');
    if (attachments.length === 0) return remarks.join(' ');
    // The answer quotes the prompt, so that the person reads it too.
    const names = attachments.map(({ name }) => name).join(', ');
    return { text: [names, ...remarks.map((remark) => `(${remark})`)].join(' '), attachments };
  }
  const repository = await scope.repository();
  if (repository === undefined || typeof repository === 'string') return repository;
  const staged = await diffOf(repository, true);
  const isStaged = staged.trim() !== '';
  const text = isStaged ? staged : await diffOf(repository, false);
  const folder = repository.rootUri.path.split('/').at(-1) ?? '';
  if (text.trim() === '')
    return vscode.l10n.t('There are no changes to commit in {0}; stage new files first.', folder);
  if (isLargeText(text)) return vscode.l10n.t('These changes are larger than 512 KB and were not attached.');
  const name = vscode.l10n.t('Changes to commit in {0}', folder);
  // With nothing staged, VS Code commits new files too.
  const left = isStaged ? undefined : await leftOut([repository]);
  return {
    text: left === undefined ? name : `${name} (${left})`,
    attachments: [{ kind: 'changes', name, text, language: 'diff' }],
    repository: repository.rootUri,
  };
}

/** `${commits}`: the messages of the last commits. */
export async function commitsValue(scope: PromptScope): Promise<VariableValue | string | undefined> {
  const repository = await scope.repository();
  if (repository === undefined || typeof repository === 'string') return repository;
  const text = commitLog(await messagesOf(repository));
  if (text === '') return { text: 'no commit yet' };
  const name = vscode.l10n.t('Last commits');
  const attached: NewAttachment = { kind: 'changes', name, text };
  return { text: name, attachments: [attached], repository: repository.rootUri };
}

/** Those of merges are git's own, and tell nothing of the style. */
async function messagesOf(repository: GitRepository): Promise<string[]> {
  try {
    const commits = await repository.log({ maxEntries: mostRead });
    const own = commits.filter(({ parents = [] }) => parents.length < 2);
    return (own.length > 0 ? own : commits).slice(0, mostCommits).map(({ message }) => message);
  } catch {
    // A repository without any commit.
    return [];
  }
}
