import * as vscode from 'vscode';
import { cleanCredential } from '../../../api/credential.ts';
import type { Connection } from '../../../api/connection.ts';
import { hasOperators } from '../../../chat/connectionNeeds.ts';
import { describeError } from '../../../chat/describeError.ts';
import { keepKey, tryConnection } from '../keyStep.ts';
import { operatorsOf } from '../operatorChoice.ts';
import { showInput } from '../quickSteps.ts';
import type { ManageServices } from './manageServices.ts';

/** Asks for another key, which is tried before it is kept; an empty box deletes the stored one. */
export async function changeKey(connection: Connection, { connections }: ManageServices): Promise<string> {
  const { name, kind, url } = connection;
  const isStored = await connections.credentials.isStored(connection);
  const typed = await showInput<string>({
    title: vscode.l10n.t('Key of {0}', name),
    prompt: vscode.l10n.t('API key for {0} ({1}). It is kept in VS Code’s secret storage only.', name, url),
    placeholder: isStored ? vscode.l10n.t('Leave it empty to delete the stored key') : '',
    password: true,
    hasBack: true,
    accept: async (text) => {
      if (text.trim() === '') return '';
      const credential = cleanCredential(text);
      // The operator may be one of another account; the key is right all the same.
      if (hasOperators(kind)) await operatorsOf(connections, connection, credential);
      else await tryConnection(connections, connection, credential);
      return credential;
    },
    describe: (error) => describeError(error, name, vscode.l10n, kind).message,
  });
  if (typeof typed === 'string') await keepKey(connections, connection, typed === '' ? undefined : typed);
  return name;
}
