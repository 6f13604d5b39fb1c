import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import type { Connection } from '../../api/connection.ts';
import type { Operator } from '../../api/wire.ts';
import { listModels } from '../../api/models.ts';
import { hasOperators } from '../../chat/connectionNeeds.ts';
import { describeError } from '../../chat/describeError.ts';
import { plainText } from '../../chat/untrusted.ts';
import { tellUnwritable } from './connectionEntries.ts';
import type { ConnectionNames } from './connectionNames.ts';
import { askCredential, keepKey, trialKey, tryConnection } from './keyStep.ts';
import { pickLocalServer } from './localServerStep.ts';
import { askServer, pickTarget, type SignInTarget } from './signInInputs.ts';
import { chooseOperator, operatorsOf } from './operatorChoice.ts';
import type { Connections } from './connections.ts';
import { back, type StepResult } from './quickSteps.ts';
import type { Log } from '../log.ts';

/** Where signing in begins: with the choice, or at once with the search for a local server or with a connection's key. */
export type SignInStart = 'choice' | 'localServer' | Connection;

/** How to sign in otherwise than usual. */
export interface SignInOptions {
  /** Keeps new connections from the names that renamed ones had. */
  readonly names?: ConnectionNames;
  readonly start?: SignInStart;
  readonly title?: string;
}

/** What the steps work with. */
interface Services {
  readonly connections: Connections;
  readonly names: ConnectionNames | undefined;
  readonly log: Log;
}

/** Where a button wants signing in to begin; its argument is untrusted. */
export function parseSignInStart(argument: unknown, connections: Pick<Connections, 'get'>): SignInStart {
  const { start, connection } = isObject(argument) ? argument : {};
  if (start === 'localServer') return 'localServer';
  return (typeof connection === 'string' && connections.get(connection)) || 'choice';
}

/**
 * Signs in: connection, key and, where there are any, operator, in that order. Nothing is kept until a real request has
 * worked; a server without a list of models gives none to try. Returns the connection, or undefined if the person gave
 * up.
 */
export async function signIn(
  connections: Connections,
  log: Log,
  { names, start = 'choice', title = vscode.l10n.t('Sign In') }: SignInOptions = {},
): Promise<Connection | undefined> {
  // Without a key of its own it takes none either.
  const isChoice = start === 'choice' || (typeof start === 'object' && start.auth === 'none');
  for (let chosen: SignInTarget | undefined = isChoice ? undefined : start; ;) {
    chosen ??= await pickTarget(connections, names, title);
    if (!chosen) return undefined;
    const done = await signInTo(chosen, { connections, names, log });
    if (done === undefined) return undefined;
    if (done !== back) {
      log.info('Signed in', { connection: done });
      return connections.get(done);
    }
    chosen = undefined;
  }
}

/** Returns the name of the connection that is ready. */
async function signInTo(target: SignInTarget, services: Services): Promise<StepResult<string>> {
  const { connections, names } = services;
  if (target === 'localServer') return signInToLocal(services);
  if (target === 'tachyonServer' || target === 'otherServer') {
    const kind = target === 'tachyonServer' ? 'tachyon' : 'openai-compatible';
    const connection = await askServer(kind, connections, names);
    if (typeof connection !== 'object') return connection;
    const done = await signInTo(connection, services);
    return done === back ? signInTo(target, services) : done;
  }
  return hasOperators(target.kind) ? signInWithOperator(target, services) : signInWithKey(target, services);
}

async function signInToLocal(services: Services): Promise<StepResult<string>> {
  const { connections, names } = services;
  const picked = await pickLocalServer(connections, names);
  if (picked === 'otherAddress') return signInTo('otherServer', services);
  if (typeof picked !== 'object') return picked;
  if (picked.needsKey) {
    const done = await signInWithKey(picked.connection, services);
    return done === back ? signInToLocal(services) : done;
  }
  return (await keepConnection(connections, picked.connection)) ? picked.connection.name : undefined;
}

async function signInWithOperator(
  target: Connection,
  { connections, log }: Services,
): Promise<StepResult<string>> {
  const entered = await askCredential(connections, target, async (tried, typed) => {
    const credential = (await trialKey(connections, tried, typed)()) ?? '';
    return { tried, credential, operators: await operatorsOf(connections, tried, credential) };
  });
  if (typeof entered !== 'object') return entered;
  const { tried, credential, operators } = entered.checked;
  const operatorId = await operatorFor(target, operators);
  if (!operatorId) return undefined;
  const connection: Connection = { ...tried, operatorId };
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Testing {0}…', connection.name),
      },
      () =>
        listModels(connection, {
          ...connections.requestOptions,
          credential,
          retry: { strategy: 'none' },
        }),
    );
  } catch (error) {
    log.failure('Sign-in refused', error, { connection: connection.name });
    return (await tellRefusal(error, connection)) ? back : undefined;
  }
  return (await keepBoth(connections, connection, entered.credential)) ? target.name : undefined;
}

async function signInWithKey(target: Connection, { connections }: Services): Promise<StepResult<string>> {
  const entered = await askCredential(connections, target, (tried, typed) =>
    tryConnection(connections, tried, typed),
  );
  if (typeof entered !== 'object') return entered;
  const { connection, isTested } = entered.checked;
  if (!(await keepBoth(connections, connection, entered.credential))) return undefined;
  if (!isTested) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} gives no list of models, so nothing could be tested. If a prompt fails, check the key and the URL.',
        target.name,
      ),
    );
  }
  return target.name;
}

/** The connection's operator, unless the key is one of another account. */
async function operatorFor(target: Connection, operators: readonly Operator[]): Promise<string | undefined> {
  const known = target.operatorId;
  const isPossible = operators.length === 0 || operators.some(({ id }) => id === known);
  return known !== undefined && isPossible ? known : chooseOperator(target, operators);
}

/**
 * The key goes first: a connection without its key would be left behind by a host that keeps none. The key from before is
 * put back where the settings cannot be written.
 */
async function keepBoth(
  connections: Connections,
  target: Connection,
  typed: string | undefined,
): Promise<boolean> {
  const before = await connections.credentials.stored(target);
  if (!(await keepKey(connections, target, typed))) return false;
  if (await keepConnection(connections, target)) return true;
  await connections.credentials.restore(target, before);
  return false;
}

/** Writes what of the connection is new into the settings. Returns whether that worked, and says if not. */
async function keepConnection(connections: Connections, target: Connection): Promise<boolean> {
  const { name, kind, url, operatorId, allowHttp } = target;
  const known = connections.get(name);
  const operator = operatorId === undefined ? {} : { operatorId };
  const plain = allowHttp === true && known?.allowHttp !== true ? { allowHttp } : {};
  try {
    if (!known) await connections.save(name, { kind, url, ...operator, ...plain });
    else if (operatorId !== known.operatorId) await connections.save(name, { ...operator, ...plain });
    else if (plain.allowHttp) await connections.amend(name, plain);
    return true;
  } catch {
    tellUnwritable();
    return false;
  }
}

/** Returns true if the person wants to try again. */
async function tellRefusal(error: unknown, connection: Connection): Promise<boolean> {
  const again = vscode.l10n.t('Try Again');
  const { message } = describeError(error, connection.name, vscode.l10n, connection.kind);
  return (await vscode.window.showErrorMessage(plainText(message), again)) === again;
}

/**
 * Removes the stored key of a connection the person picks, and offers `forgetCommand`, which removes what
 * this machine keeps of conversations. Returns that connection.
 */
export async function signOut(
  connections: Connections,
  forgetCommand?: string,
): Promise<Connection | undefined> {
  const stored: Connection[] = [];
  for (const connection of connections.all()) {
    if (await connections.credentials.isStored(connection)) stored.push(connection);
  }
  if (stored.length === 0) {
    void tellAndOffer(vscode.l10n.t('No key is stored: you are signed out.'), forgetCommand);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    stored.map((connection) => ({ label: connection.name, description: connection.url, connection })),
    {
      title: vscode.l10n.t('Sign out of'),
      placeHolder: vscode.l10n.t('Its key is deleted from this machine.'),
    },
  );
  if (!picked) return undefined;
  await connections.credentials.delete(picked.connection);
  const variable = connections.credentials.environmentVariable(picked.connection);
  void tellAndOffer(
    variable
      ? vscode.l10n.t(
          'The stored key of {0} is deleted. The environment variable {1} still gives one.',
          picked.label,
          variable,
        )
      : vscode.l10n.t('Signed out of {0}.', picked.label),
    forgetCommand,
  );
  return picked.connection;
}

async function tellAndOffer(message: string, forgetCommand: string | undefined): Promise<void> {
  const forget = vscode.l10n.t('Forget Local Data…');
  const offered = forgetCommand === undefined ? [] : [forget];
  const pressed = await vscode.window.showInformationMessage(message, ...offered);
  if (pressed === forget && forgetCommand !== undefined) await vscode.commands.executeCommand(forgetCommand);
}
