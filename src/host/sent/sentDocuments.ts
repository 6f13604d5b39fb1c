import * as vscode from 'vscode';
import type { SentRequests } from '../../chat/sentRequest.ts';
import { sentRequestText } from '../../chat/sentRequestText.ts';

const scheme = 'tachyon-sent';

/** Address of the read-only document with the request of a turn. */
export function sentUri(turn: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${turn}/sent-request.json` });
}

/** Serves the documents behind {@link sentUri}. */
export function registerSentDocuments(sent: SentRequests): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async ({ path }) => {
      // The address may stand in any link.
      const turn = /^\/([0-9a-f-]{36})\//.exec(path)?.[1];
      const kept = turn === undefined ? undefined : await sent.find(turn);
      return kept
        ? sentRequestText(kept, vscode.l10n)
        : vscode.l10n.t('This request is no longer kept on this machine.');
    },
  });
}
