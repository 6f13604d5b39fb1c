import * as vscode from 'vscode';
import { parametersInForce, setsParameter } from '../../chat/droppedParameter.ts';
import { parameterText } from '../../chat/parameterInput.ts';
import { cleanLabel, plainText } from '../../chat/untrusted.ts';
import { changeParametersOf } from '../connections/parameterSteps.ts';
import { noConnectionText } from '../participant/conversationNotes.ts';
import type { Conversation } from './conversation.ts';
import { knownTarget } from './modelPicks.ts';
import type { PanelPage } from './panelPage.ts';
import type { PanelServices } from './panelServices.ts';
import { roomParameters, setRoomParameters } from './roomParameters.ts';

/** Lets a person set what goes out with each request of a conversation. */
export async function changeRoomParameters(
  page: PanelPage,
  conversation: Conversation,
  services: PanelServices,
): Promise<void> {
  const { connections, globalState } = services;
  const target = await knownTarget(conversation, services);
  if (!target) {
    page.notice(plainText(noConnectionText(connections)));
    return;
  }
  const { connection, model } = target;
  const usual = parametersInForce(connection, model);
  await changeParametersOf({
    title: vscode.l10n.t('Parameters of This Chat'),
    name: vscode.l10n.t('This chat'),
    kind: connection.kind,
    hasBack: false,
    read: () => roomParameters(conversation, globalState),
    otherwise: (parameter) =>
      setsParameter(usual, parameter)
        ? vscode.l10n.t('{0}, as the connection sets it', cleanLabel(parameterText(usual[parameter]), 60))
        : undefined,
    write: (parameters) => setRoomParameters(conversation, parameters ?? {}, globalState),
  });
  page.focus();
}
