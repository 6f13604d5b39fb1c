import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { isKeyExposed } from '../../../api/authorization.ts';
import { hasOperators } from '../../../chat/connectionNeeds.ts';
import { parameterText } from '../../../chat/parameterInput.ts';
import { cleanLabel } from '../../../chat/untrusted.ts';
import type { Connections } from '../connections.ts';
import { back, showPick } from '../quickSteps.ts';
import { authText, changeAuth } from './authStep.ts';
import { changeHeaders } from './headersStep.ts';
import { changeKey } from './keyChange.ts';
import type { ManageServices } from './manageServices.ts';
import { openSettingsFile } from './settingsFile.ts';
import { changeModels } from './modelsStep.ts';
import { changeOperator } from './operatorStep.ts';
import { changeParameters } from './parametersStep.ts';
import { removeConnection } from './removeStep.ts';
import { renameConnection } from './renameStep.ts';
import { switchHttp, switchWholeReplies } from './switchSteps.ts';
import { testConnection } from './testStep.ts';
import { changeUrl } from './urlStep.ts';

/** Does one thing to a connection. Returns the name that it has then; undefined: it is gone. */
type Step = (connection: Connection, services: ManageServices) => Promise<string | undefined>;

interface MenuItem extends vscode.QuickPickItem {
  /** Missing: it leads to the settings file. */
  readonly step?: Step;
}

/**
 * What can be done to one connection, again and again until the person goes back. Returns the connection's name then;
 * undefined where the person went elsewhere.
 */
export async function manageConnection(first: string, services: ManageServices): Promise<string | undefined> {
  let last: string | undefined;
  for (let name = first; ;) {
    const connection = services.connections.get(name);
    if (!connection) return name;
    const items = await menuItems(connection, services.connections);
    const picked = await showPick<MenuItem>({
      title: connection.name,
      placeholder: connection.url,
      hasBack: true,
      items,
      active: items.find(({ label }) => label === last),
    });
    if (picked === back || picked === undefined) return name;
    if (!picked.step) {
      await openSettingsFile();
      return undefined;
    }
    last = picked.label;
    const next = await picked.step(connection, services);
    if (next === undefined) return name;
    name = next;
  }
}

async function menuItems(connection: Connection, connections: Connections): Promise<MenuItem[]> {
  const { kind, url, operatorId, auth, headers = {}, parameters = {}, allowHttp, stream } = connection;
  const set = Object.entries(parameters).map(([field, value]) => `${field} ${parameterText(value)}`);
  return [
    { label: vscode.l10n.t('$(beaker) Test'), step: testConnection },
    ...(auth === 'none'
      ? []
      : [
          {
            label: vscode.l10n.t('$(key) Key…'),
            description: await keyText(connection, connections),
            step: changeKey,
          },
        ]),
    {
      label: vscode.l10n.t('$(shield) How the Key Goes Out…'),
      description: authText(connection),
      step: changeAuth,
    },
    { label: vscode.l10n.t('$(link) Server URL…'), description: url, step: changeUrl },
    ...(isKeyExposed({}, new URL(url))
      ? [
          {
            label: vscode.l10n.t('$(unlock) Key over Plain http'),
            description: allowHttp === true ? vscode.l10n.t('allowed') : vscode.l10n.t('not allowed'),
            step: switchHttp,
          },
        ]
      : []),
    ...(hasOperators(kind)
      ? [
          {
            label: vscode.l10n.t('$(organization) Operator…'),
            description: operatorId ?? '',
            step: changeOperator,
          },
        ]
      : []),
    { label: vscode.l10n.t('$(list-selection) Models Shown…'), step: changeModels },
    {
      label: vscode.l10n.t('$(settings) Default Parameters…'),
      description: cleanLabel(set.join(', '), 80),
      step: changeParameters,
    },
    {
      label: vscode.l10n.t('$(list-flat) Headers…'),
      description: cleanLabel(Object.keys(headers).join(', '), 80),
      step: changeHeaders,
    },
    {
      label: vscode.l10n.t('$(output) Whole Replies'),
      description: stream === false ? vscode.l10n.t('on') : vscode.l10n.t('off: replies are streamed'),
      step: switchWholeReplies,
    },
    { label: vscode.l10n.t('$(edit) Rename…'), step: renameConnection },
    { label: vscode.l10n.t('$(json) Edit in settings.json') },
    { label: vscode.l10n.t('$(trash) Remove…'), step: removeConnection },
  ];
}

async function keyText(connection: Connection, { credentials }: Connections): Promise<string> {
  if (await credentials.isStored(connection)) return vscode.l10n.t('in VS Code’s secret storage');
  const variable = credentials.environmentVariable(connection);
  return variable ? vscode.l10n.t('from the environment variable {0}', variable) : vscode.l10n.t('none');
}
