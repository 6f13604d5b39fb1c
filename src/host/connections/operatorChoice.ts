import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { Operator } from '../../api/wire.ts';
import { listOperators } from '../../api/operators.ts';
import { describeError } from '../../chat/describeError.ts';
import { cleanName, plainText } from '../../chat/untrusted.ts';
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
    operators.map(({ id, name }) => ({ label: cleanName(name, 80) || id, description: id, id })),
    {
      title: vscode.l10n.t('Operator of {0}', connection.name),
      placeHolder: vscode.l10n.t('Who stores the chatrooms and pays for the answers'),
      ignoreFocusOut: true,
    },
  );
  return picked?.id;
}

/** Command *Select Operator…*: another operator for this workspace. Returns whether one was chosen. */
export async function selectOperator(connections: Connections): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(
    connections.all().map((connection) => ({
      label: connection.name,
      description: connection.operatorId ?? '',
      connection,
    })),
    { title: vscode.l10n.t('Select the operator of') },
  );
  if (!picked) return false;
  const { connection } = picked;
  const credential = await connections.credentials.get(connection);
  try {
    const operators = credential ? await listOperators(connection, { credential }) : [];
    const id = await chooseOperator(connection, operators);
    if (!id) return false;
    await connections.selectOperator(connection.name, id);
    return true;
  } catch (error) {
    void vscode.window.showErrorMessage(
      plainText(describeError(error, connection.name, vscode.l10n).message),
    );
    return false;
  }
}

function typeOperator(connection: Connection): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Operator of {0}', connection.name),
    prompt: vscode.l10n.t('The server lists no operators for this key. Type the operator’s id.'),
    placeHolder: 'tn_…',
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\w-]{1,128}$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('An operator id has letters, digits, _ and - only.'),
  });
}
