import * as vscode from 'vscode';
import type { TurnAction } from '../../shared/panelMessages.ts';
import { settings } from '../../shared/contributions.ts';
import { selectOperator } from '../connections/operatorChoice.ts';
import { signInWithModels } from '../models/signInWithModels.ts';
import type { Conversation } from './conversation.ts';
import type { PanelActions } from './panelActions.ts';
import type { PanelPage } from './panelPage.ts';
import type { PanelServices } from './panelServices.ts';
import { pickPanelModel } from './pickPanelModel.ts';
import { dropRoomParameter } from './roomParameters.ts';
import type { Prompts } from './prompts.ts';

/** Where a button was pressed. */
export interface TurnActionInput {
  readonly page: PanelPage;
  readonly conversation: Conversation;
  /** Missing: the button belongs to the conversation. */
  readonly turn: string | undefined;
  readonly actions: PanelActions;
  readonly prompts: Prompts;
  readonly panel: PanelServices;
}

/** Does what a button beside a problem says. */
export async function runTurnAction(input: TurnActionInput, action: TurnAction): Promise<void> {
  const { page, conversation, turn, actions, prompts, panel } = input;
  const own = turn === undefined ? undefined : conversation.own(turn);
  switch (action) {
    case 'signIn':
      if (await signInWithModels(panel, prompts.problemOf(own)?.target.connection)) await repeat(input);
      return;
    case 'selectOperator':
      if (await selectOperator(panel.connections)) await repeat(input);
      return;
    case 'selectModel':
      return pickPanelModel(page, conversation, panel);
    case 'openSettings': {
      const setting = prompts.problemOf(own)?.described.setting ?? settings.connections;
      await vscode.commands.executeCommand('workbench.action.openSettings', setting);
      return;
    }
    case 'showLog':
      panel.log.show();
      return;
    case 'askAgain':
      return repeat(input);
    case 'tryNow':
      if (turn !== undefined) panel.running.tryNow(turn);
      return;
    case 'continue':
      return actions.say(page, conversation, vscode.l10n.t('Continue.'));
    case 'saveAudio':
      return panel.audio.save(own?.live.audioName);
    case 'dropParameter': {
      const problem = prompts.problemOf(own);
      const parameter = problem?.described.parameter;
      if (!problem || parameter === undefined) return;
      const { connection, model } = problem.target;
      const wasOwn = await dropRoomParameter(conversation, parameter, panel.globalState);
      if (!wasOwn) await panel.connections.dropParameter(connection.name, model, parameter);
      return repeat(input);
    }
    case 'wholeReplies':
      if (own && panel.connections.get(own.live.connection))
        await panel.connections.amend(own.live.connection, { stream: false });
  }
}

async function repeat({ page, conversation, turn, actions }: TurnActionInput): Promise<void> {
  if (turn === undefined) await page.headerChanged();
  else await actions.askAgain(page, conversation, turn);
}
