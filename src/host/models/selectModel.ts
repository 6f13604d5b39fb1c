import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { ModelInfo } from '../../api/wire.ts';
import { isShown } from '../../chat/modelFacts.ts';
import { modelSummary } from '../../chat/modelSummary.ts';
import { withShownModels } from '../../chat/shownModels.ts';
import { cleanLabel } from '../../chat/untrusted.ts';
import { modelVendor, settings } from '../../shared/contributions.ts';
import { setFields, tellUnwritable, userEntry } from '../connections/connectionEntries.ts';
import type { Connections } from '../connections/connections.ts';
import { showPick } from '../connections/quickSteps.ts';
import type { Log } from '../log.ts';
import { stringSetting } from '../settings.ts';
import type { ModelList } from './modelList.ts';

/** What selecting a model works with. */
export interface SelectModelServices {
  readonly connections: Connections;
  readonly models: ModelList;
  readonly log: Log;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly connection?: Connection;
  readonly model?: ModelInfo;
  readonly isDefault?: boolean;
  readonly action?: 'allModels';
}

/**
 * Command *Select Model…*: makes a model of any connection the default and opens the Chat view with it. One that is not
 * among the shown models joins them.
 */
export async function selectModel(services: SelectModelServices): Promise<void> {
  const placeholder = vscode.l10n.t('It becomes tachyon.defaultModel, and the Chat view opens with it');
  const picked = await pickModel(services, placeholder);
  if (!picked) return;
  const { connection, model } = picked;
  if (await keepModel(connection, model, services)) await openChat(`${connection.name}/${model.id}`);
}

/** Lets a person pick a model of any connection that can be used; `current` is marked, as `<connection>/<model>`. */
export async function pickModel(
  services: SelectModelServices,
  placeholder: string,
  current: string = stringSetting(settings.defaultModel),
): Promise<{ readonly connection: Connection; readonly model: ModelInfo } | undefined> {
  const usable = await services.connections.usable();
  if (usable.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No connection can be used yet: run “Tachyon: Sign In”.'),
    );
    return undefined;
  }
  for (let isAll = false; ; isAll = true) {
    const picked = await pickFrom(usable, isAll, services, placeholder, current);
    if (typeof picked !== 'object') return undefined;
    if (picked.action) continue;
    const { connection, model } = picked;
    return connection && model && { connection, model };
  }
}

/** What stands in the Chat view's box stays there. */
async function openChat(id: string): Promise<void> {
  // Resolves our models first: VS Code picks none that it has not heard of.
  await vscode.lm.selectChatModels({ vendor: modelVendor });
  await vscode.commands.executeCommand('workbench.action.chat.open', {
    modelSelector: { vendor: modelVendor, id },
  });
}

async function pickFrom(
  usable: readonly Connection[],
  isAll: boolean,
  services: SelectModelServices,
  placeholder: string,
  marked: string,
) {
  const { models, log } = services;
  return showPick<ModelItem>({
    title: isAll ? vscode.l10n.t('Select Model (all models)') : vscode.l10n.t('Select Model'),
    placeholder,
    items: [],
    attach: (pick) => {
      const lists = new Map<string, readonly ModelInfo[] | string>();
      const show = () => {
        const [active] = pick.activeItems;
        pick.items = itemsOf(usable, lists, isAll, models, marked);
        const kept = pick.items.find(
          ({ connection, model }) =>
            model && connection === active?.connection && model.id === active?.model?.id,
        );
        const current = pick.items.find(({ isDefault }) => isDefault);
        if (kept ?? current) pick.activeItems = [kept ?? current].filter((item) => item !== undefined);
      };
      const load = async (connection: Connection) => {
        try {
          lists.set(connection.name, await (isAll ? models.all(connection) : models.load(connection)));
        } catch (error) {
          log.failure('Models not listed', error, { connection: connection.name });
          lists.set(connection.name, vscode.l10n.t('Its models could not be listed; the log says more.'));
        }
        show();
      };
      pick.busy = true;
      void Promise.all(usable.map(load)).then(() => {
        pick.busy = false;
        return undefined;
      });
      show();
      return { dispose: () => undefined };
    },
    isFinal: ({ model, action }) => model !== undefined || action !== undefined,
  });
}

/** A list of models, or why there is none, by the connection's name; what is not known yet is left out. */
function itemsOf(
  usable: readonly Connection[],
  lists: ReadonlyMap<string, readonly ModelInfo[] | string>,
  isAll: boolean,
  models: ModelList,
  marked: string,
): ModelItem[] {
  const items = usable.flatMap((connection): ModelItem[] => {
    const listed = lists.get(connection.name);
    // A server that cannot be asked just now has models all the same.
    const list = (typeof listed === 'string' ? undefined : listed) ?? models.known(connection) ?? [];
    const shown = list.filter((model) => isAll || isShown(connection, model));
    return [
      { label: connection.name, kind: vscode.QuickPickItemKind.Separator },
      ...(typeof listed === 'string' ? [{ label: `$(warning) ${listed}`, alwaysShow: true }] : []),
      ...shown.map((model) => modelItem(connection, model, marked, models)),
    ];
  });
  if (isAll) return items;
  return [
    ...items,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('$(list-unordered) All models…'),
      description: vscode.l10n.t('also those for embeddings, speech, images and moderation'),
      alwaysShow: true,
      action: 'allModels',
    },
  ];
}

function modelItem(connection: Connection, model: ModelInfo, marked: string, models: ModelList): ModelItem {
  const isDefault = marked === `${connection.name}/${model.id}`;
  const name = connection.models?.[model.id]?.name ?? model.name;
  const isNamed = name !== model.id;
  return {
    label: cleanLabel(name, 80) || cleanLabel(model.id, 80),
    description: [
      isDefault ? '✓' : '',
      cleanLabel(connection.name, 40),
      isNamed ? cleanLabel(model.id, 80) : '',
    ]
      .filter(Boolean)
      .join(' '),
    detail: modelSummary(connection, model, models.state(connection, model.id), vscode.l10n),
    connection,
    model,
    isDefault,
  };
}

/** Returns whether the settings could be written, and says if not. */
async function keepModel(
  connection: Connection,
  model: ModelInfo,
  { models, connections, log }: SelectModelServices,
): Promise<boolean> {
  const id = `${connection.name}/${model.id}`;
  try {
    if (!isShown(connection, model)) {
      const own = userEntry(connection.name)['models'];
      const shown = withShownModels(connection, own, [model], new Set([model.id]));
      await setFields(connection.name, { models: shown });
    }
    await vscode.workspace
      .getConfiguration()
      .update(settings.defaultModel, id, vscode.ConfigurationTarget.Global);
  } catch {
    tellUnwritable();
    return false;
  }
  const current = connections.get(connection.name) ?? connection;
  await models.load(current).catch((error: unknown) => {
    log.failure('Models not listed', error, { connection: connection.name });
  });
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is the default model now (tachyon.defaultModel).', cleanLabel(id, 120)),
  );
  return true;
}
