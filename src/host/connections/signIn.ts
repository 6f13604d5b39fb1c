import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { Operator } from '../../api/wire.ts';
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
  const operatorId = await operatorFor(target, entered.operators);
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
  if (!(await keep(connections, target, operatorId, entered.credential))) return undefined;
  log.info('Signed in', { connection: connection.name });
  return connections.get(connection.name);
}

/** The connection's operator, unless the key is one of another account. */
async function operatorFor(target: Connection, operators: readonly Operator[]): Promise<string | undefined> {
  const known = target.operatorId;
  const isPossible = operators.length === 0 || operators.some(({ id }) => id === known);
  return known !== undefined && isPossible ? known : chooseOperator(target, operators);
}

/** Keeps the key, and of the connection only what was chosen just now. Returns whether that worked. */
async function keep(
  connections: Connections,
  target: Connection,
  operatorId: string,
  credential: string,
): Promise<boolean> {
  const { name, kind, url } = target;
  try {
    if (!connections.get(name)) await connections.save(name, { kind, url, operatorId });
    else if (operatorId !== target.operatorId) await connections.save(name, { operatorId });
  } catch {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The user settings could not be written. Correct settings.json, then sign in again.'),
    );
    return false;
  }
  if (await connections.credentials.store(target, credential)) return true;
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'This VS Code does not keep secrets. Set the environment variable TACHYON_API_KEY where VS Code is started, and use the connection named tachyon.',
    ),
  );
  return false;
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
