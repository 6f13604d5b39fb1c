import * as vscode from 'vscode';
import { ApiError } from '../../api/apiError.ts';
import type { Connection } from '../../api/connection.ts';
import type { Operator } from '../../api/wire.ts';
import { listModels } from '../../api/models.ts';
import { hasOperators } from '../../chat/connectionNeeds.ts';
import { describeError } from '../../chat/describeError.ts';
import { plainText } from '../../chat/untrusted.ts';
import { environmentFor } from './credentialStore.ts';
import { askCredential, pickConnection } from './signInInputs.ts';
import { chooseOperator, operatorsOf } from './operatorChoice.ts';
import type { Connections } from './connections.ts';
import type { Log } from '../log.ts';

/**
 * Signs in: connection, key and, where there are any, operator, in that order. Nothing is kept until a real request has
 * worked; a server without a list of models gives none to try. Returns the connection, or undefined if the person gave
 * up.
 */
export async function signIn(connections: Connections, log: Log): Promise<Connection | undefined> {
  const target = await pickConnection(connections);
  if (!target) return undefined;
  const isDone = hasOperators(target.kind)
    ? await signInWithOperator(connections, target, log)
    : await signInWithKey(connections, target);
  if (isDone === 'again') return signIn(connections, log);
  if (!isDone) return undefined;
  log.info('Signed in', { connection: target.name });
  return connections.get(target.name);
}

async function signInWithOperator(
  connections: Connections,
  target: Connection,
  log: Log,
): Promise<boolean | 'again'> {
  const entered = await askCredential(target, async (credential = '') => ({
    credential,
    operators: await operatorsOf(target, credential),
  }));
  if (!entered) return false;
  const { credential, operators } = entered.checked;
  const operatorId = await operatorFor(target, operators);
  if (!operatorId) return false;
  const connection: Connection = { ...target, operatorId };
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Testing {0}…', connection.name),
      },
      () => listModels(connection, { credential, retry: { strategy: 'none' } }),
    );
  } catch (error) {
    log.failure('Sign-in refused', error, { connection: connection.name });
    return (await tellRefusal(error, connection)) && 'again';
  }
  return (
    (await keepConnection(connections, target, operatorId)) &&
    (await keepKey(connections, target, credential))
  );
}

/** The list of models is the one request that costs nothing. */
async function signInWithKey(connections: Connections, target: Connection): Promise<boolean> {
  const entered = await askCredential(target, (credential) => testKey(target, credential));
  if (!entered) return false;
  const { credential, checked: isTested } = entered;
  if (credential === undefined) await connections.credentials.delete(target);
  else if (!(await keepKey(connections, target, credential))) return false;
  if (!isTested) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} gives no list of models, so nothing could be tested. If a prompt fails, check the key and the URL.',
        target.name,
      ),
    );
  }
  return true;
}

/** Returns false where the server has no list of models. Throws `ApiError`. */
async function testKey(connection: Connection, credential: string | undefined): Promise<boolean> {
  try {
    await listModels(connection, { retry: { strategy: 'none' }, ...(credential && { credential }) });
    return true;
  } catch (error) {
    const status = error instanceof ApiError ? error.details.status : undefined;
    if (status === 404 || status === 405 || status === 501) return false;
    throw error;
  }
}

/** The connection's operator, unless the key is one of another account. */
async function operatorFor(target: Connection, operators: readonly Operator[]): Promise<string | undefined> {
  const known = target.operatorId;
  const isPossible = operators.length === 0 || operators.some(({ id }) => id === known);
  return known !== undefined && isPossible ? known : chooseOperator(target, operators);
}

/** Keeps of the connection what was chosen just now. Returns whether that worked. */
async function keepConnection(
  connections: Connections,
  target: Connection,
  operatorId: string,
): Promise<boolean> {
  const { name, kind, url } = target;
  try {
    if (!connections.get(name)) await connections.save(name, { kind, url, operatorId });
    else if (operatorId !== target.operatorId) await connections.save(name, { operatorId });
    return true;
  } catch {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The user settings could not be written. Correct settings.json, then sign in again.'),
    );
    return false;
  }
}

/** Keeps the key. Returns whether that worked. */
async function keepKey(connections: Connections, target: Connection, credential: string): Promise<boolean> {
  if (await connections.credentials.store(target, credential)) return true;
  const environment = environmentFor(target);
  void vscode.window.showWarningMessage(
    environment
      ? vscode.l10n.t(
          'This VS Code does not keep secrets. Set the environment variable {0} where VS Code is started, and use the connection named {1}.',
          environment.variable,
          environment.name,
        )
      : vscode.l10n.t('This VS Code does not keep secrets, so the key of {0} is lost.', target.name),
  );
  return false;
}

/** Returns true if the person wants to try again. */
async function tellRefusal(error: unknown, connection: Connection): Promise<boolean> {
  const again = vscode.l10n.t('Try Again');
  const { message } = describeError(error, connection.name, vscode.l10n, connection.kind);
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
