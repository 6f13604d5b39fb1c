import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { describeError } from '../../../chat/describeError.ts';
import { plainText } from '../../../chat/untrusted.ts';
import { tellUnwritable } from '../connectionEntries.ts';
import { chooseOperator, operatorsOf } from '../operatorChoice.ts';
import type { ManageServices } from './manageServices.ts';

/** Lets a person choose the connection's operator for all workspaces. */
export async function changeOperator(
  connection: Connection,
  { connections }: ManageServices,
): Promise<string> {
  const { name, kind } = connection;
  const credential = await connections.credentials.get(connection);
  try {
    const operators = credential ? await operatorsOf(connections, connection, credential) : [];
    const operatorId = await chooseOperator(connection, operators);
    if (operatorId !== undefined) await connections.save(name, { operatorId }).catch(tellUnwritable);
  } catch (error) {
    void vscode.window.showErrorMessage(plainText(describeError(error, name, vscode.l10n, kind).message));
  }
  return name;
}
