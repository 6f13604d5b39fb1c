import * as vscode from 'vscode';
import type { DescribedError, ErrorAction } from '../../chat/describeError.ts';
import { commands, settings } from '../../shared/contributions.ts';

/** Puts the button of an error into the answer; `prompt` is what is asked again. */
export function offerAction(
  stream: vscode.ChatResponseStream,
  action: DescribedError['action'],
  prompt: string,
): void {
  if (action) stream.button(actions[action](prompt));
}

const actions: Readonly<Record<ErrorAction, (prompt: string) => vscode.Command>> = {
  signIn: (prompt) => ({
    command: commands.signIn,
    title: vscode.l10n.t('Sign In'),
    arguments: [{ prompt }],
  }),
  selectOperator: (prompt) => ({
    command: commands.selectOperator,
    title: vscode.l10n.t('Select Operator…'),
    arguments: [{ prompt }],
  }),
  retry: (prompt) => ({ command: commands.ask, title: vscode.l10n.t('Ask Again'), arguments: [{ prompt }] }),
  showLog: () => ({ command: commands.showLog, title: vscode.l10n.t('Show Log') }),
  openSettings: () => ({
    command: 'workbench.action.openSettings',
    title: vscode.l10n.t('Open Settings'),
    arguments: [settings.connections],
  }),
};
