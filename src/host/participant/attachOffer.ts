import * as vscode from 'vscode';
import type { ChatroomOperations } from '../../api/endpoint.ts';
import { commands } from '../../shared/contributions.ts';
import { hasRandomId, type WorkspaceGroup } from '../workspace/workspaceGroup.ts';
import type { AnswerWriter } from './answerWriter.ts';

const offeredKey = 'attachOffered';
/** Milliseconds that an answer's end may wait for the offer. */
const longestWait = 300;

/**
 * The workspace id of chats made in a folder of the same name: a folder that was moved, or another machine's copy.
 * Undefined if there are none, or if the list cannot be had: the offer is a courtesy.
 */
export async function findAttachable(
  chatrooms: Pick<ChatroomOperations, 'list'>,
  group: WorkspaceGroup,
  state: vscode.Memento,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!hasRandomId(state) || state.get(offeredKey) === true) return undefined;
  try {
    const rooms = await chatrooms.list({ limit: 100, offset: 0 }, { signal });
    const ids = rooms
      .filter(
        ({ metadata }) => metadata['client'] === 'tachyon-chat' && metadata['workspace'] === group.workspace,
      )
      .map(({ metadata }) => metadata['workspaceId'])
      .filter((id) => typeof id === 'string');
    const found = ids.find((id) => id !== group.workspaceId);
    if (found === undefined) await state.update(offeredKey, true);
    return found;
  } catch {
    return undefined;
  }
}

/** Offers to attach those chats to this folder, once, if they are found before the answer ends or shortly after. */
export async function offerAttach(
  search: Promise<string | undefined>,
  state: vscode.Memento,
  writer: AnswerWriter,
  stream: vscode.ChatResponseStream,
): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), longestWait);
  const id = await Promise.race([search, late]);
  clearTimeout(timer);
  if (id === undefined) return;
  await state.update(offeredKey, true);
  writer.note(`\n\n> ${vscode.l10n.t('There are chats of another folder of this name.')}\n\n`);
  stream.button({
    command: commands.attachChats,
    title: vscode.l10n.t('Attach These Chats'),
    arguments: [id],
  });
}
