import * as vscode from 'vscode';
import { byteText } from '../../chat/byteText.ts';
import type { Log } from '../log.ts';
import type { LocalData } from '../storage/localData.ts';

/** What is forgotten. */
export interface ForgetServices {
  readonly data: LocalData;
  readonly workspaceState: vscode.Memento;
  readonly globalState: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  readonly log: Log;
}

/**
 * Command *Forget Local Data…*: shows what is kept on this machine, then deletes it. What chatrooms on servers hold
 * stays there.
 */
export async function forgetLocalData(services: ForgetServices): Promise<void> {
  const { data, workspaceState, globalState, secrets, log } = services;
  const [shared, workspaces, keys] = await Promise.all([
    data.shared(),
    data.ofWorkspaces(),
    credentialKeys(secrets),
  ]);
  const states = workspaceState.keys().length + globalState.keys().length;
  const lines = [
    vscode.l10n.t('Chatrooms on this machine: {0} files, {1}', shared.files, byteText(shared.bytes)),
    workspaces
      ? vscode.l10n.t(
          'Journals and spoken answers of all workspaces: {0} files, {1}',
          workspaces.files,
          byteText(workspaces.bytes),
        )
      : vscode.l10n.t('Journals and spoken answers of workspaces: open a folder to forget them too'),
    vscode.l10n.t('Operators, lists of models and other notes: {0}', states),
    vscode.l10n.t('Keys: {0}', keys.length),
    '',
    vscode.l10n.t(
      'This cannot be undone; “Export Chat…” keeps a copy. Chatrooms on servers, the settings and the conversations that the Chat view shows stay.',
    ),
  ];
  const all = vscode.l10n.t('Forget Data and Keys');
  const dataOnly = vscode.l10n.t('Forget Data');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Forget what Tachyon Chat keeps on this machine?'),
    { modal: true, detail: lines.join('\n') },
    ...(keys.length > 0 ? [dataOnly, all] : [dataOnly]),
  );
  if (answer === undefined) return;
  try {
    // A file that cannot be deleted keeps neither the keys nor anything else.
    const results = await Promise.allSettled([
      data.remove(),
      ...[workspaceState, globalState].flatMap((state) =>
        state.keys().map((key) => state.update(key, undefined)),
      ),
      ...(answer === all ? keys.map((key) => secrets.delete(key)) : []),
    ]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    log.info('Local data forgotten', { count: shared.files + (workspaces?.files ?? 0) });
    void vscode.window.showInformationMessage(vscode.l10n.t('The local data of Tachyon Chat is deleted.'));
  } catch (error) {
    log.failure('Local data not forgotten', error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Not all local data could be deleted; close other windows and try again.'),
    );
  }
}

/** All of this extension's secrets are keys of connections. */
async function credentialKeys(secrets: vscode.SecretStorage): Promise<string[]> {
  try {
    return await secrets.keys();
  } catch {
    // Some web servers keep no secrets.
    return [];
  }
}
