import * as vscode from 'vscode';
import { ApiError } from '../../api/apiError.ts';
import type { Connection } from '../../api/connection.ts';
import { describeError, type DescribedError } from '../../chat/describeError.ts';
import { isParameterSet } from '../../chat/droppedParameter.ts';
import { plainText } from '../../chat/untrusted.ts';
import { settings } from '../../shared/contributions.ts';
import { selectOperator } from '../connections/operatorChoice.ts';
import { type SignInServices, signInWithModels } from '../models/signInWithModels.ts';
import { selectModel } from '../models/selectModel.ts';
import type { TurnTarget } from '../models/turnTarget.ts';

/** A button of a notification. Its work returns whether the prompt can be asked again. */
interface Help {
  readonly label: string;
  readonly work: () => Promise<boolean>;
}

/** Says in one sentence why a quick prompt got no whole answer. Returns whether it shall be asked again. */
export async function offerHelp(
  error: unknown,
  target: TurnTarget | undefined,
  services: SignInServices,
): Promise<boolean> {
  const { connection, model } = target ?? {};
  services.log.failure('Quick prompt failed', error, { connection: connection?.name });
  const isSet = (parameter: string) =>
    connection !== undefined && isParameterSet(connection, model, parameter);
  const described: DescribedError =
    connection || error instanceof ApiError
      ? describeError(error, connection?.name ?? '', vscode.l10n, connection?.kind, isSet)
      : { message: unpreparedText() };
  const { action, parameter, setting } = described;
  const own: Help[] = [];
  if (action === 'signIn') own.push(signInHelp(services, connection));
  if (action === 'selectOperator')
    own.push({
      label: vscode.l10n.t('Select Operator…'),
      work: async () => (await selectOperator(services.connections)) !== undefined,
    });
  if (action === 'openSettings') own.push(openSettings(setting));
  if (action === 'pickModel')
    own.push({
      label: vscode.l10n.t('Pick Another Model'),
      work: async () => {
        await selectModel(services);
        return false;
      },
    });
  if (action === 'dropParameter' && connection && parameter !== undefined)
    own.push({
      label: vscode.l10n.t('Leave Out “{0}”', parameter),
      work: async () => {
        await services.connections.dropParameter(connection.name, model, parameter);
        return true;
      },
    });
  const again: Help = { label: vscode.l10n.t('Try Again'), work: async () => true };
  return offer(plainText(described.message), [...own, again, showLog(services)]);
}

/** Such as git that does not answer, or a browser that keeps its clipboard. */
function unpreparedText(): string {
  return vscode.l10n.t(
    'What the prompt is about could not be read, and nothing was sent; the log says more.',
  );
}

/** Offers to sign in. Returns whether the person has. */
export function offerSignIn(text: string, services: SignInServices): Promise<boolean> {
  return offer(plainText(text), [signInHelp(services)]);
}

/** Says that there is no connection at all. */
export async function tellNoConnection(text: string): Promise<void> {
  await offer(plainText(text), [openSettings()]);
}

async function offer(text: string, help: readonly Help[]): Promise<boolean> {
  const picked = await vscode.window.showErrorMessage(text, ...help.map(({ label }) => label));
  return (await help.find(({ label }) => label === picked)?.work()) ?? false;
}

function signInHelp(services: SignInServices, start?: Connection): Help {
  return {
    label: vscode.l10n.t('Sign In'),
    work: async () => (await signInWithModels(services, start)) !== undefined,
  };
}

function openSettings(setting: string = settings.connections): Help {
  return {
    label: vscode.l10n.t('Open Settings'),
    work: async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', setting);
      return false;
    },
  };
}

function showLog({ log }: SignInServices): Help {
  return {
    label: vscode.l10n.t('Show Log'),
    work: async () => {
      log.show();
      return false;
    },
  };
}
