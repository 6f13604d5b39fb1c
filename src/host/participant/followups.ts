import * as vscode from 'vscode';
import { turnMetadata } from './turnMetadata.ts';

/** Offers a follow-up only where there is one obvious next step. */
export const followupProvider: vscode.ChatFollowupProvider = {
  provideFollowups(result) {
    const metadata = turnMetadata(result);
    if (!metadata || 'unsent' in metadata || metadata.ending !== 'length') return [];
    return [{ prompt: vscode.l10n.t('Continue.'), label: vscode.l10n.t('Continue the answer') }];
  },
};
