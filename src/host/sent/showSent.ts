import * as vscode from 'vscode';
import type { KeptRequest, SentRequests } from '../../chat/sentRequest.ts';
import { cleanLabel } from '../../chat/untrusted.ts';
import { sentUri } from './sentDocuments.ts';

const longestList = 50;

interface SentItem extends vscode.QuickPickItem {
  readonly kept: KeptRequest;
}

/** Lets a person pick a recent request, and shows it; a button of each copies its body exactly. */
export async function showSent(sent: SentRequests): Promise<void> {
  const recent = await sent.newest(longestList);
  if (recent.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing that was sent from this workspace is kept on this machine.'),
    );
    return;
  }
  const picked = await pickRequest(recent);
  if (picked) await vscode.window.showTextDocument(sentUri(picked.turn), { preview: true });
}

function pickRequest(recent: readonly KeptRequest[]): Promise<KeptRequest | undefined> {
  const copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('copy'),
    tooltip: vscode.l10n.t('Copy the exact body'),
  };
  const pick = vscode.window.createQuickPick<SentItem>();
  pick.title = vscode.l10n.t('Show What Was Sent');
  pick.placeholder = vscode.l10n.t('The last requests of this workspace, the key left out');
  pick.matchOnDescription = true;
  pick.items = recent.map((kept) => ({
    label: cleanLabel(kept.prompt, 80) || vscode.l10n.t('(without text)'),
    description: `${cleanLabel(kept.connection, 40)} · ${new Date(kept.sentAt).toLocaleString(vscode.env.language)}`,
    buttons: kept.request.body === undefined ? [] : [copy],
    kept,
  }));
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(async ({ item }) => {
      await vscode.env.clipboard.writeText(item.kept.request.body ?? '');
      pick.hide();
      vscode.window.setStatusBarMessage(vscode.l10n.t('The body of the request is copied.'), 5000);
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.kept);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
