import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { dialectOf } from '../../../api/dialects.ts';
import { parseBaseUrl } from '../../../api/url.ts';
import { baseUrlProblem } from '../../../chat/connectionEntry.ts';
import { showInput } from '../quickSteps.ts';
import { changeKey } from './keyChange.ts';
import type { ManageServices } from './manageServices.ts';
import { writeFields } from './writeFields.ts';

/** Asks for another URL. A stored key stays with the old address, so a new one is asked for where the host changes. */
export async function changeUrl(connection: Connection, services: ManageServices): Promise<string> {
  const { name, kind, url } = connection;
  const { connections } = services;
  const { urlEndings } = dialectOf(kind);
  const remote = vscode.env.remoteName;
  const typed = await showInput({
    title: vscode.l10n.t('URL of {0}', name),
    prompt: remote
      ? vscode.l10n.t('localhost means the remote machine ({0}).', remote)
      : vscode.l10n.t('A stored key is never sent to another address: you are asked for one there.'),
    value: url,
    hasBack: true,
    problem: (text) => baseUrlProblem(text, kind, vscode.l10n),
    accept: (text) => parseBaseUrl(text, urlEndings),
  });
  if (typeof typed !== 'string' || typed === url) return name;
  const hadKey = await connections.credentials.isStored(connection);
  if (!(await writeFields(name, { kind, url: typed }))) return name;
  const changed = connections.get(name);
  const needsKey = hadKey && changed && !(await connections.credentials.isStored(changed));
  if (needsKey && (await changeKey(changed, services)) && (await connections.credentials.isStored(changed))) {
    await connections.credentials.delete(connection);
  }
  return name;
}
