import * as vscode from 'vscode';
import { pickModel } from '../models/selectModel.ts';
import type { Conversation } from './conversation.ts';
import { currentModel, keepPick } from './modelPicks.ts';
import type { PanelPage } from './panelPage.ts';
import type { PanelServices } from './panelServices.ts';

/** Lets a person pick the model of a conversation; one of another connection goes on in a new room. */
export async function pickPanelModel(
  page: PanelPage,
  conversation: Conversation,
  services: PanelServices,
): Promise<void> {
  const picked = await pickModel(
    services,
    vscode.l10n.t('It answers the next prompts of this conversation'),
    await currentModel(conversation, services),
  );
  if (!picked) return;
  const { connection, model } = picked;
  const id = `${connection.name}/${model.id}`;
  conversation.pickedModel = id;
  if (conversation.key !== undefined) await keepPick(conversation.key, id, services.globalState);
  conversation.headerChanged();
  const place = conversation.view?.place;
  if (place && place.connection.name !== connection.name)
    page.notice(
      vscode.l10n.t(
        'The next prompt goes on in a new chatroom of “{0}”, with the turns shown here.',
        connection.name,
      ),
    );
  page.focus();
}
