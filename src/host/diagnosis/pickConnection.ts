import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { Connections } from '../connections/connections.ts';

/** Lets a person pick one of the connections; the only one is taken at once. */
export async function pickConnection(connections: Connections): Promise<Connection | undefined> {
  const all = connections.all();
  if (all.length === 0) {
    const [problem] = connections.problems();
    void vscode.window.showWarningMessage(
      problem?.message ?? vscode.l10n.t('There is no connection to diagnose; sign in first.'),
    );
    return undefined;
  }
  if (all.length === 1) return all[0];
  const picked = await vscode.window.showQuickPick(
    all.map((connection) => ({ label: connection.name, description: connection.url, connection })),
    {
      title: vscode.l10n.t('Diagnose a connection'),
      placeHolder: vscode.l10n.t('Sends three small requests; two of them ask a model.'),
    },
  );
  return picked?.connection;
}
