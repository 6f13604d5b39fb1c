import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { listModels } from '../../api/models.ts';
import { describeError } from '../../chat/describeError.ts';
import { plainText } from '../../chat/untrusted.ts';
import { askCredential, pickConnection } from './signInInputs.ts';
import { chooseOperator, operatorsOf } from './operatorChoice.ts';
import type { Connections } from './connections.ts';
import type { Log } from '../log.ts';

/**
 * Signs in: connection, key, operator, in that order. Nothing is kept until a real request has worked.
 * Returns the connection, or undefined if the person gave up.
 */
export async function signIn(connections: Connections, log: Log): Promise<Connection | undefined> {
  const target = await pickConnection(connections);
  if (!target) return undefined;
  const entered = await askCredential(target, (credential) => operatorsOf(target, credential));
  if (!entered) return undefined;
  const operatorId = target.operatorId ?? (await chooseOperator(target, entered.operators));
  if (!operatorId) return undefined;
  const connection: Connection = { ...target, operatorId };
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Testing {0}…', connection.name),
      },
      () => listModels(connection, { credential: entered.credential }),
    );
  } catch (error) {
    log.failure('Sign-in refused', error, { connection: connection.name });
    return (await tellRefusal(error, connection)) ? signIn(connections, log) : undefined;
  }
  await keep(connections, connection, entered.credential);
  log.info('Signed in', { connection: connection.name });
  return connections.get(connection.name);
}

async function keep(connections: Connections, connection: Connection, credential: string): Promise<void> {
  const isKept = await connections.credentials.store(connection, credential);
  await connections.save(connection.name, {
    kind: connection.kind,
    url: connection.url,
    operatorId: connection.operatorId,
  });
  if (isKept) return;
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'This VS Code does not keep secrets. Set the environment variable TACHYON_API_KEY where VS Code is started, and use the connection named tachyon.',
    ),
  );
}

/** Returns true if the person wants to try again. */
async function tellRefusal(error: unknown, connection: Connection): Promise<boolean> {
  const again = vscode.l10n.t('Try Again');
  const { message } = describeError(error, connection.name, vscode.l10n);
  return (await vscode.window.showErrorMessage(plainText(message), again)) === again;
}

/** Removes the stored key of a connection the person picks. Returns that connection. */
export async function signOut(connections: Connections): Promise<Connection | undefined> {
  const stored: Connection[] = [];
  for (const connection of connections.all()) {
    if (await connections.credentials.isStored(connection)) stored.push(connection);
  }
  if (stored.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No key is stored: you are signed out.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    stored.map((connection) => ({ label: connection.name, description: connection.url, connection })),
    {
      title: vscode.l10n.t('Sign out of'),
      placeHolder: vscode.l10n.t('Its key is deleted from this machine.'),
    },
  );
  if (!picked) return undefined;
  await connections.credentials.delete(picked.connection);
  const variable = connections.credentials.environmentVariable(picked.connection);
  void vscode.window.showInformationMessage(
    variable
      ? vscode.l10n.t(
          'The stored key of {0} is deleted. The environment variable {1} still gives one.',
          picked.label,
          variable,
        )
      : vscode.l10n.t('Signed out of {0}.', picked.label),
  );
  return picked.connection;
}
