import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { dialectOf } from '../../../api/dialects.ts';
import { builtInName } from '../../../chat/connectionEntry.ts';
import { removeEntry, tellUnwritable } from '../connectionEntries.ts';
import type { ManageServices } from './manageServices.ts';

/** Removes a connection and its key once the person has confirmed it. Returns undefined if it is gone. */
export async function removeConnection(
  connection: Connection,
  { connections, names, models }: ManageServices,
): Promise<string | undefined> {
  const { name, kind } = connection;
  const remove = vscode.l10n.t('Remove');
  const rooms = dialectOf(kind).hasChatrooms
    ? vscode.l10n.t('Its chatrooms stay at the operator.')
    : vscode.l10n.t(
        'Its chatrooms stay on this machine until “Forget Local Data…”; “Open Chatroom…” still finds them, and a new connection named {0} gets them.',
        names.stored(name),
      );
  const builtIn = name === builtInName ? vscode.l10n.t('Sign In offers it again.') : '';
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove the connection {0}?', name),
    {
      modal: true,
      detail: [vscode.l10n.t('Its settings and its key are deleted.'), rooms, builtIn]
        .filter(Boolean)
        .join(' '),
    },
    remove,
  );
  if (answer !== remove) return name;
  try {
    await removeEntry(name);
  } catch {
    tellUnwritable();
    return name;
  }
  await connections.credentials.deleteAll(name);
  await names.forget(name);
  await models.forget(connection);
  return undefined;
}
