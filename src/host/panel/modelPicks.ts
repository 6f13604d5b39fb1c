import * as vscode from 'vscode';
import { cleanName } from '../../chat/untrusted.ts';
import { modelVendor } from '../../shared/contributions.ts';
import { modelChoice, type WantedModel } from '../models/turnTarget.ts';
import type { Conversation } from './conversation.ts';
import type { PanelServices } from './panelServices.ts';
import { RoomValues } from './roomValues.ts';

const picks = new RoomValues('panelModel');

/** What is said of the model that a conversation's next prompt goes to: the person's pick, else the room's last one. */
export async function wantedModel(
  conversation: Conversation,
  { globalState }: Pick<PanelServices, 'globalState'>,
): Promise<WantedModel> {
  const { view, beginning } = conversation;
  const kept = view && picks.read(view.key, globalState)['model'];
  const id = conversation.pickedModel ?? (typeof kept === 'string' ? kept : undefined);
  if (!view) return { ...beginning.wanted, ...(id !== undefined && { picked: { vendor: modelVendor, id } }) };
  const model = view.records.findLast((record) => record.model !== undefined)?.model;
  return {
    ...(id !== undefined && { picked: { vendor: modelVendor, id } }),
    room: { connection: view.place.connection.name, ...(model !== undefined && { model }) },
  };
}

/** Forgets the person's pick for a room that is deleted. */
export async function forgetPick(key: string, globalState: vscode.Memento): Promise<void> {
  await picks.forget(key, globalState);
}

/** Keeps the person's pick with the room. `id`: `<connection>/<model>`. */
export async function keepPick(key: string, id: string, globalState: vscode.Memento): Promise<void> {
  await picks.keep(key, { model: id }, globalState);
}

/** The model that the next prompt goes to, as `<connection>/<model>`. No request is made. */
export async function currentModel(conversation: Conversation, services: PanelServices): Promise<string> {
  const { choice } = await choose(conversation, services);
  return choice ? `${choice.connection}/${choice.model ?? ''}` : '';
}

/** The connection and model that the next prompt goes to, as far as that is known without a request. */
export async function knownTarget(conversation: Conversation, services: PanelServices) {
  const { choice } = await choose(conversation, services);
  const connection = choice && services.connections.get(choice.connection);
  return connection && { connection, ...(choice.model !== undefined && { model: choice.model }) };
}

async function choose(conversation: Conversation, services: PanelServices) {
  const usable = new Set((await services.connections.usable()).map(({ name }) => name));
  return { usable, choice: modelChoice(await wantedModel(conversation, services), usable, services) };
}

/** The same as the picker of the panel shows it. */
export async function modelLabel(conversation: Conversation, services: PanelServices): Promise<string> {
  const { connections, models } = services;
  const { usable, choice } = await choose(conversation, services);
  if (!choice) return vscode.l10n.t('No connection');
  const connection = connections.get(choice.connection);
  const { model } = choice;
  const named = connection && models.known(connection)?.find(({ id }) => id === model);
  const own = model === undefined ? undefined : connection?.models?.[model]?.name;
  const name = own ?? named?.name ?? model ?? vscode.l10n.t('Default');
  return usable.size > 1
    ? `${cleanName(name, 80)} · ${cleanName(choice.connection, 40)}`
    : cleanName(name, 80);
}
