import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { cleanLabel } from '../../../chat/untrusted.ts';
import type { Connections } from '../connections.ts';
import { showPick } from '../quickSteps.ts';
import { signIn } from '../signIn.ts';
import { manageConnection } from './connectionMenu.ts';
import type { ManageServices } from './manageServices.ts';
import { openSettingsFile } from './settingsFile.ts';

interface ListItem extends vscode.QuickPickItem {
  readonly connection?: Connection;
  readonly action?: 'add' | 'settings';
}

/**
 * Command *Manage Connections…*: lists the connections, and for each what can be done. Every step that is accepted is
 * written at once, and Escape leads back one step, so that closing loses nothing.
 */
export async function manageConnections(services: ManageServices): Promise<void> {
  const { connections, names, log } = services;
  let last: string | undefined;
  for (;;) {
    const items = await listItems(connections);
    const picked = await showPick<ListItem>({
      title: vscode.l10n.t('Manage Connections'),
      placeholder: vscode.l10n.t('Pick a connection to change, test or remove it'),
      items,
      active: items.find(({ connection }) => connection?.name === last),
    });
    if (typeof picked !== 'object') return;
    if (picked.action === 'settings') {
      await openSettingsFile();
      return;
    }
    if (picked.action === 'add') {
      last = (await signIn(connections, log, { names, title: vscode.l10n.t('Add Connection') }))?.name;
    } else if (picked.connection) {
      last = await manageConnection(picked.connection.name, services);
      if (last === undefined) return;
    }
  }
}

async function listItems(connections: Connections): Promise<ListItem[]> {
  const all = connections.all();
  const states = await Promise.all(all.map((connection) => stateOf(connections, connection)));
  return [
    ...all.map((connection, index) => ({
      label: connection.name,
      description: [states[index], connection.kind].filter(Boolean).join(' · '),
      detail: connection.url,
      connection,
    })),
    ...connections.problems().map(({ name, message }) => ({
      label: `$(warning) ${cleanLabel(name, 40)}`,
      detail: cleanLabel(message, 300),
      action: 'settings' as const,
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('$(add) Add Connection…'), action: 'add' as const },
    { label: vscode.l10n.t('$(json) Edit in settings.json'), action: 'settings' as const },
  ];
}

async function stateOf(connections: Connections, connection: Connection): Promise<string> {
  const missing = await connections.missing(connection);
  if (missing === 'credential') return vscode.l10n.t('no key');
  return missing === 'operator' ? vscode.l10n.t('no operator') : '';
}
