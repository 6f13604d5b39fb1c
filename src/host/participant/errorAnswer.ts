import * as vscode from 'vscode';
import type { DescribedError, ErrorAction } from '../../chat/describeError.ts';
import { commands, settings } from '../../shared/contributions.ts';
import type { RepeatedPrompt } from './askAgain.ts';

/** Puts the button of an error into the answer; `repeated` is what is asked again. */
export function offerAction(
  stream: vscode.ChatResponseStream,
  action: DescribedError['action'],
  repeated: RepeatedPrompt,
): void {
  if (action) stream.button(actions[action](repeated));
}

const actions: Readonly<Record<ErrorAction, (repeated: RepeatedPrompt) => vscode.Command>> = {
  signIn: (repeated) => ({
    command: commands.signIn,
    title: vscode.l10n.t('Sign In'),
    arguments: [repeated],
  }),
  selectOperator: (repeated) => ({
    command: commands.selectOperator,
    title: vscode.l10n.t('Select Operator…'),
    arguments: [repeated],
  }),
  retry: (repeated) => ({ command: commands.ask, title: vscode.l10n.t('Ask Again'), arguments: [repeated] }),
  showLog: () => ({ command: commands.showLog, title: vscode.l10n.t('Show Log') }),
  openSettings: () => ({
    command: 'workbench.action.openSettings',
    title: vscode.l10n.t('Open Settings'),
    arguments: [settings.connections],
  }),
};
