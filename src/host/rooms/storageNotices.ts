import * as vscode from 'vscode';
import { type ShortLivedReason, shortLivedReason } from '../../chat/shortLivedStorage.ts';
import { describeStorageError } from '../../chat/storageError.ts';
import { plainText } from '../../chat/untrusted.ts';
import type { LocalRoomEvents } from './localRooms.ts';

const toldKey = 'shortLivedStorageTold';

/**
 * What people are told of the storage of chatrooms on this machine: once that it may not last, with an offer to export
 * them, and once a window that something could not be stored. `exportCommand` is the command of the offer.
 */
export function storageNotices(
  globalState: vscode.Memento,
  storage: vscode.Uri,
  exportCommand: string,
): LocalRoomEvents {
  const reason = shortLivedReason({
    remoteName: vscode.env.remoteName,
    isWeb: vscode.env.uiKind === vscode.UIKind.Web,
    appHost: vscode.env.appHost,
    storageScheme: storage.scheme,
  });
  const told = new Set<string>();
  const tellOnce = (text: string) => {
    if (told.has(text)) return;
    told.add(text);
    void vscode.window.showWarningMessage(text);
  };
  return {
    onCreated: () => {
      if (reason === undefined || globalState.get(toldKey) === true) return;
      void globalState.update(toldKey, true);
      void tellShortLived(reason, exportCommand);
    },
    onError: (error) => {
      const described = describeStorageError(error, vscode.l10n);
      if (described) tellOnce(plainText(described.message));
    },
    onTorn: () =>
      tellOnce(
        vscode.l10n.t(
          'A file of a chatroom on this machine was damaged. It was moved aside; the rest of the chatroom is there.',
        ),
      ),
  };
}

async function tellShortLived(reason: ShortLivedReason, exportCommand: string): Promise<void> {
  const texts: Readonly<Record<ShortLivedReason, string>> = {
    container: vscode.l10n.t(
      'This chatroom is kept in the container and is lost when that is rebuilt. Export chats that you want to keep.',
    ),
    codespace: vscode.l10n.t(
      'This chatroom is kept in the codespace and is lost when that is deleted. Export chats that you want to keep.',
    ),
    browser: vscode.l10n.t(
      'This chatroom is kept in the browser and is lost when its data is cleared. Export chats that you want to keep.',
    ),
  };
  const offer = vscode.l10n.t('Export Chat…');
  const answer = await vscode.window.showInformationMessage(texts[reason], offer);
  if (answer === offer) await vscode.commands.executeCommand(exportCommand);
}
