import * as vscode from 'vscode';
import { ApiError } from '../../api/apiError.ts';
import type { Connection, RequestOptions } from '../../api/connection.ts';
import type { Operator } from '../../api/wire.ts';
import { getMe, listOperators } from '../../api/operators.ts';
import { hasOperators } from '../../chat/connectionNeeds.ts';
import { describeError } from '../../chat/describeError.ts';
import { cleanLabel, plainText } from '../../chat/untrusted.ts';
import type { Connections } from './connections.ts';

/** The operator's id: the only one there is, one picked from the server's list, or one typed. */
export async function chooseOperator(
  connection: Connection,
  operators: readonly Operator[],
): Promise<string | undefined> {
  const [only] = operators;
  if (only && operators.length === 1) return only.id;
  if (operators.length === 0) return typeOperator(connection);
  const picked = await vscode.window.showQuickPick(
    operators.map(({ id, name }) => ({
      label: cleanLabel(name, 80) || id,
      description: cleanLabel(id, 80),
      id,
    })),
    {
      title: vscode.l10n.t('Operator of {0}', connection.name),
      placeHolder: vscode.l10n.t('Who stores the chatrooms and pays for the answers'),
      ignoreFocusOut: true,
    },
  );
  return picked?.id;
}

/** The operators that a key may act for. A server that does not tell them gives none. Throws `ApiError`. */
export async function operatorsOf(
  { requestOptions }: Connections,
  connection: Connection,
  credential: string,
): Promise<readonly Operator[]> {
  const options: RequestOptions = { ...requestOptions, credential, retry: { strategy: 'none' } };
  try {
    return await listOperators(connection, options);
  } catch (error) {
    if (!isMissingCall(error)) throw error;
  }
  try {
    return (await getMe(connection, options)).tenants;
  } catch (error) {
    if (!isMissingCall(error)) throw error;
    return [];
  }
}

/** User-only calls may refuse a service account's key with 400, 403 or 404 (wire contract A4). */
function isMissingCall(error: unknown): boolean {
  return error instanceof ApiError && ['badRequest', 'forbidden', 'notFound'].includes(error.kind);
}

/** Command *Select Operator…*: another operator for this workspace. Returns the connection if one was chosen. */
export async function selectOperator(connections: Connections): Promise<Connection | undefined> {
  const all = connections.all().filter(({ kind }) => hasOperators(kind));
  if (all.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No connection has operators.'));
    return undefined;
  }
  const connection = await pickOne(all);
  if (!connection) return undefined;
  const credential = await connections.credentials.get(connection);
  try {
    const operators = credential ? await operatorsOf(connections, connection, credential) : [];
    const id = await chooseOperator(connection, operators);
    if (!id) return undefined;
    await connections.selectOperator(connection.name, id);
    return connection;
  } catch (error) {
    void vscode.window.showErrorMessage(
      plainText(describeError(error, connection.name, vscode.l10n, connection.kind).message),
    );
    return undefined;
  }
}

async function pickOne(all: readonly Connection[]): Promise<Connection | undefined> {
  const [only] = all;
  if (all.length <= 1) return only;
  const picked = await vscode.window.showQuickPick(
    all.map((connection) => ({
      label: connection.name,
      description: connection.operatorId ?? '',
      connection,
    })),
    { title: vscode.l10n.t('Select the operator of') },
  );
  return picked?.connection;
}

function typeOperator(connection: Connection): Thenable<string | undefined> {
  const typed = vscode.window.showInputBox({
    title: vscode.l10n.t('Operator of {0}', connection.name),
    prompt: vscode.l10n.t('The server lists no operators for this key. Type the operator’s id.'),
    placeHolder: 'tn_…',
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\w-]{1,128}$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('An operator id has letters, digits, _ and - only.'),
  });
  return typed.then((id) => id?.trim());
}
