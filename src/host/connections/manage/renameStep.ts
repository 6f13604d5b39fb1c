import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { entryProblems } from '../../../chat/connectionEntry.ts';
import { settings } from '../../../shared/contributions.ts';
import { renameEntry, takenNames, tellUnwritable } from '../connectionEntries.ts';
import { showInput } from '../quickSteps.ts';
import type { ManageServices } from './manageServices.ts';

/**
 * Gives a connection another name. Its key, `tachyon.defaultModel` and the operators that workspaces chose go with it, and
 * its conversations and chatrooms go on.
 */
export async function renameConnection(connection: Connection, services: ManageServices): Promise<string> {
  const { connections, names } = services;
  const { name: from, kind } = connection;
  const { credentials } = connections;
  const variable = (await credentials.isStored(connection))
    ? undefined
    : credentials.environmentVariable(connection);
  const typed = await showInput({
    title: vscode.l10n.t('Rename {0}', from),
    prompt: variable
      ? vscode.l10n.t('The environment variable {0} gives its key to the name {1} only.', variable, from)
      : vscode.l10n.t('Conversations, chatrooms and the key go with it.'),
    value: from,
    hasBack: true,
    problem: (text) => {
      const wanted = text.trim();
      if (wanted === from) return undefined;
      return names.isFree(wanted, from, takenNames(connections))
        ? entryProblems(wanted, { kind, url: connection.url }, vscode.l10n)[0]
        : vscode.l10n.t('“{0}” is taken, or chatrooms of another connection are kept under it.', wanted);
    },
    accept: (text) => text.trim(),
  });
  if (typeof typed !== 'string' || typed === from) return from;
  return (await moveTo(connection, typed, services)) ? typed : from;
}

/** The new key is there before the old one goes, and what was done is undone where the settings cannot be written. */
async function moveTo(
  connection: Connection,
  to: string,
  { connections, names, models }: ManageServices,
): Promise<boolean> {
  const { credentials } = connections;
  const renamed = { ...connection, name: to };
  const key = await credentials.stored(connection);
  if (key !== undefined && !(await credentials.store(renamed, key))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'This VS Code does not keep secrets, so {0} keeps its name and its key.',
        connection.name,
      ),
    );
    return false;
  }
  await names.rename(connection.name, to);
  try {
    await renameEntry(connection, to);
  } catch {
    await names.rename(to, connection.name);
    if (key !== undefined) await credentials.delete(renamed);
    tellUnwritable();
    return false;
  }
  await credentials.deleteAll(connection.name);
  await models.forget(connection);
  await renameDefaultModel(connection.name, to);
  return true;
}

async function renameDefaultModel(from: string, to: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const value = configuration.inspect<unknown>(settings.defaultModel)?.globalValue;
  if (typeof value !== 'string' || (value !== from && !value.startsWith(`${from}/`))) return;
  const changed = to + value.slice(from.length);
  // The old name stands for the new one there too, so nothing is lost if this cannot be written.
  await configuration
    .update(settings.defaultModel, changed, vscode.ConfigurationTarget.Global)
    .then(undefined, () => undefined);
}
