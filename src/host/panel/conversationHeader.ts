import * as vscode from 'vscode';
import { splitAttachments } from '../../chat/attachments/splitAttachments.ts';
import { parametersText } from '../../chat/parameterInput.ts';
import { roomUsageText } from '../../chat/panel/roomUsage.ts';
import { roomLabel } from '../../chat/roomChoices.ts';
import { cleanName } from '../../chat/untrusted.ts';
import type { ConversationHeader, TurnAction } from '../../shared/panelMessages.ts';
import { roomDetails } from '../rooms/roomDetails.ts';
import type { Conversation } from './conversation.ts';
import { modelLabel } from './modelPicks.ts';
import type { PanelState } from './panelState.ts';
import { roomParameters } from './roomParameters.ts';

/** What stands above a conversation, as far as it is known without asking a server. */
export async function conversationHeader(
  conversation: Conversation,
  { panel, roomNames }: PanelState,
): Promise<ConversationHeader> {
  const [model, start] = await Promise.all([
    modelLabel(conversation, panel),
    startProblem(conversation, panel),
  ]);
  // Turns may have begun meanwhile.
  const { view, key, count, isLoading } = conversation;
  const choice = view && roomNames.get(view.key);
  const problem = conversation.problem ?? start?.problem;
  const first = splitAttachments(conversation.shown()[0]?.prompt ?? '').prompt;
  return {
    ...(key !== undefined && { room: key }),
    name: choice
      ? roomLabel(choice.room, vscode.l10n.t('Unnamed chatroom'))
      : (view && cleanName(first, 60)) || vscode.l10n.t('New Chat'),
    details: choice ? roomDetails(choice) : (view?.place.connection.name ?? ''),
    count,
    model,
    parameters: parametersText(roomParameters(conversation, panel.globalState), vscode.l10n),
    usage: usageOf(conversation, panel),
    isLoading,
    ...(problem !== undefined && { problem }),
    problemActions: start?.actions ?? [],
  };
}

/** Of the turns that are over: those under way tell theirs at their end. */
function usageOf({ view }: Conversation, { live }: PanelState['panel']): string {
  if (!view) return '';
  const { connection } = view.place;
  return roomUsageText(
    {
      records: view.records.filter(({ turn }) => !live.isRunning(turn)),
      hasOthers: view.hasUnknown,
      priceOf: (model) => connection.models?.[model]?.price,
    },
    vscode.l10n,
  );
}

/** What is missing before a first prompt can be answered. */
async function startProblem(
  { view, count }: Conversation,
  { connections }: PanelState['panel'],
): Promise<{ readonly problem: string; readonly actions: TurnAction[] } | undefined> {
  if (view || count > 0 || (await connections.usable()).length > 0) return undefined;
  return {
    problem: vscode.l10n.t(
      'No connection has a key yet. Sign in, or use a model server on this machine; a prompt that you send meanwhile is kept.',
    ),
    actions: ['signIn'],
  };
}
