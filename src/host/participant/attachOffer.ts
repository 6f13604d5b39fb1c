import * as vscode from 'vscode';
import type { ChatroomOperations } from '../../api/endpoint.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import { commands } from '../../shared/contributions.ts';
import type { WorkspaceGroup } from '../workspace/workspaceGroup.ts';
import type { AnswerWriter } from './answerWriter.ts';

/**
 * The workspace id of chats made in a folder of the same name: a folder that was moved, or another machine's copy.
 * Undefined if there are none, or if the list cannot be had: the offer is a courtesy.
 */
export async function findAttachable(
  chatrooms: Pick<ChatroomOperations, 'list'>,
  group: WorkspaceGroup,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const rooms = await chatrooms.list({ limit: 100, offset: 0 }, { signal });
    const ids = rooms
      .filter(
        ({ metadata }) => metadata['client'] === 'tachyon-chat' && metadata['workspace'] === group.workspace,
      )
      .map(({ metadata }) => metadata['workspaceId'])
      .filter((id) => typeof id === 'string');
    return ids.find((id) => id !== group.workspaceId);
  } catch {
    return undefined;
  }
}

/** Offers to attach those chats to this folder. */
export function offerAttach(
  id: string | undefined,
  workspace: string,
  writer: AnswerWriter,
  stream: vscode.ChatResponseStream,
): void {
  if (id === undefined) return;
  const name = escapeMarkdown(workspace);
  writer.note(`\n\n> ${vscode.l10n.t('There are chats of another folder named “{0}”.', name)}\n\n`);
  stream.button({
    command: commands.attachChats,
    title: vscode.l10n.t('Attach These Chats'),
    arguments: [id],
  });
}
