import * as vscode from 'vscode';
import { cleanCredential } from '../../../api/credential.ts';
import type { Connection } from '../../../api/connection.ts';
import { hasOperators } from '../../../chat/connectionNeeds.ts';
import { describeError } from '../../../chat/describeError.ts';
import { keepKey, permitHttp, tryConnection } from '../keyStep.ts';
import { operatorsOf } from '../operatorChoice.ts';
import { showInput } from '../quickSteps.ts';
import type { ManageServices } from './manageServices.ts';
import { writeFields } from './writeFields.ts';

/** Asks for another key, which is tried before it is kept; an empty box deletes the stored one. */
export async function changeKey(connection: Connection, { connections }: ManageServices): Promise<string> {
  const { name, kind, url } = connection;
  const isStored = await connections.credentials.isStored(connection);
  const entered = await showInput<{ typed?: string; tried: Connection }>({
    title: vscode.l10n.t('Key of {0}', name),
    prompt: vscode.l10n.t('API key for {0} ({1}). It is kept in VS Code’s secret storage only.', name, url),
    placeholder: isStored ? vscode.l10n.t('Leave it empty to delete the stored key') : '',
    password: true,
    hasBack: true,
    accept: async (text) => {
      if (text.trim() === '') return { tried: connection };
      const typed = cleanCredential(text);
      const tried = await permitHttp(connection);
      // The operator may be one of another account; the key is right all the same.
      if (hasOperators(kind)) await operatorsOf(connections, tried, typed);
      else await tryConnection(connections, tried, typed);
      return { typed, tried };
    },
    describe: (error) => describeError(error, name, vscode.l10n, kind).message,
  });
  if (typeof entered !== 'object') return name;
  const { typed, tried } = entered;
  const isPermitted =
    tried.allowHttp === connection.allowHttp || (await writeFields(name, { allowHttp: true }));
  if (isPermitted) await keepKey(connections, connection, typed);
  return name;
}
