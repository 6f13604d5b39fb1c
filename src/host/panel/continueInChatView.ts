import * as vscode from 'vscode';
import { continueInChatView as openInChatView } from '../rooms/openRoom.ts';
import type { Conversation } from './conversation.ts';
import type { PanelActions } from './panelActions.ts';
import type { PanelPage } from './panelPage.ts';

/** Goes on in the Chat view, which shows rooms only: turns that a new chat begins with get theirs now. */
export async function continueInChatView(
  page: PanelPage,
  conversation: Conversation,
  actions: Pick<PanelActions, 'fork'>,
): Promise<void> {
  if (conversation.key === undefined && conversation.count === 0) {
    page.notice(vscode.l10n.t('The panel shows no chatroom yet.'));
    return;
  }
  if (conversation.key === undefined) await actions.fork(page, conversation, undefined);
  const { key } = page.conversation;
  if (key !== undefined) await openInChatView(key);
}
