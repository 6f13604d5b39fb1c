import * as vscode from 'vscode';
import type { DescribedError, ErrorAction } from '../../chat/describeError.ts';
import { commands, settings } from '../../shared/contributions.ts';
import type { RepeatedPrompt } from './askAgain.ts';
import type { TurnTarget } from '../models/turnTarget.ts';

/** Puts the button of an error into the answer; `repeated` is what is asked again. */
export function offerAction(
  stream: vscode.ChatResponseStream,
  { action, parameter, setting }: Pick<DescribedError, 'action' | 'parameter' | 'setting'>,
  target: TurnTarget | undefined,
  repeated: RepeatedPrompt,
): void {
  if (action === 'dropParameter' && target && parameter !== undefined) {
    const { connection, model } = target;
    stream.button({
      command: commands.dropParameter,
      title: vscode.l10n.t('Leave Out “{0}”', parameter),
      arguments: [{ connection: connection.name, model, parameter, repeated }],
    });
  } else if (action === 'signIn') {
    stream.button(signIn(repeated, target));
  } else if (action === 'openSettings') {
    stream.button(openSettings(setting));
  } else if (action && action !== 'dropParameter') {
    stream.button(actions[action](repeated));
  }
}

/** Offers the way for those without a key: a model server on their own machine. */
export function offerLocalModel(stream: vscode.ChatResponseStream, repeated: RepeatedPrompt): void {
  stream.button({
    command: commands.signIn,
    title: vscode.l10n.t('Use a Local Model'),
    arguments: [{ ...repeated, start: 'localServer' }],
  });
}

const actions: Readonly<
  Record<
    Exclude<ErrorAction, 'dropParameter' | 'signIn' | 'openSettings'>,
    (repeated: RepeatedPrompt) => vscode.Command
  >
> = {
  selectOperator: (repeated) => ({
    command: commands.selectOperator,
    title: vscode.l10n.t('Select Operator…'),
    arguments: [repeated],
  }),
  retry: (repeated) => ({ command: commands.ask, title: vscode.l10n.t('Ask Again'), arguments: [repeated] }),
  pickModel: () => ({
    command: 'workbench.action.chat.openModelPicker',
    title: vscode.l10n.t('Pick Another Model'),
  }),
  showLog: () => ({ command: commands.showLog, title: vscode.l10n.t('Show Log') }),
};

/** Asks for the key of the connection that refused one, or which connection it shall be. */
function signIn(repeated: RepeatedPrompt, target: TurnTarget | undefined): vscode.Command {
  const connection = target?.connection.name;
  return {
    command: commands.signIn,
    title: vscode.l10n.t('Sign In'),
    arguments: [{ ...repeated, ...(connection !== undefined && { connection }) }],
  };
}

/** Opens a setting of VS Code, or the connections. */
function openSettings(setting: string = settings.connections): vscode.Command {
  return {
    command: 'workbench.action.openSettings',
    title: vscode.l10n.t('Open Settings'),
    arguments: [setting],
  };
}
