import * as vscode from 'vscode';
import { ApiError } from '../../api/apiError.ts';
import { isKeyExposed } from '../../api/authorization.ts';
import type { Connection, RequestOptions } from '../../api/connection.ts';
import { cleanCredential } from '../../api/credential.ts';
import { listModels } from '../../api/models.ts';
import { hasOperators, needsCredential } from '../../chat/connectionNeeds.ts';
import { describeError } from '../../chat/describeError.ts';
import { hasNoModelList } from '../../chat/noModelList.ts';
import type { Connections } from './connections.ts';
import { environmentFor } from './credentialStore.ts';
import { showInput, type StepResult } from './quickSteps.ts';

/** A key that was taken, `undefined` for none of its own, and what its check told. */
interface EnteredKey<T> {
  readonly credential: string | undefined;
  readonly checked: T;
}

/**
 * Asks for the key until `check` takes it. Where nothing must be typed, an empty box is the environment's key, else the
 * stored one, else none. `check` gets the connection as it may then be used.
 */
export async function askCredential<T>(
  connections: Connections,
  connection: Connection,
  check: (connection: Connection, credential: string | undefined) => Promise<T>,
): Promise<StepResult<EnteredKey<T>>> {
  const { name, kind, url } = connection;
  const variable = connections.credentials.environmentVariable(connection);
  const stored = variable === undefined ? await connections.credentials.stored(connection) : undefined;
  const isOptional = variable !== undefined || stored !== undefined || !needsCredential(connection);
  return showInput({
    title: hasOperators(kind)
      ? vscode.l10n.t('Sign in to Tachyon (2/3)')
      : vscode.l10n.t('Sign in to {0} (2/2)', name),
    prompt: vscode.l10n.t('API key for {0} ({1}). It is kept in VS Code’s secret storage only.', name, url),
    ...(isOptional && { placeholder: emptyText(variable, stored) }),
    password: true,
    hasBack: true,
    accept: async (text) => {
      const isNone = isOptional && text.trim() === '';
      const credential = isNone ? stored : cleanCredential(text);
      const key = await trialKey(connections, connection, credential)();
      const permitted = key === undefined ? connection : await permitHttp(connection);
      return { credential, checked: await check(permitted, credential) };
    },
    describe: (error) => describeError(error, name, vscode.l10n, kind).message,
  });
}

function emptyText(variable: string | undefined, stored: string | undefined): string {
  if (variable !== undefined)
    return vscode.l10n.t('Leave it empty to use the environment variable {0}', variable);
  return stored === undefined
    ? vscode.l10n.t('Leave it empty if the server needs none')
    : vscode.l10n.t('Leave it empty to keep the stored key');
}

/** Asks whether the key may go over plain http, where it would. Gives the connection with that permission, or as it was. */
export async function permitHttp(connection: Connection): Promise<Connection> {
  const url = new URL(connection.url);
  if (!isKeyExposed(connection, url)) return connection;
  const send = vscode.l10n.t('Send the Key');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send the key of {0} over plain http to {1}?', connection.name, url.host),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Everybody on the way can read it, and the prompts and answers too. Use an https URL if the server has one.',
      ),
    },
    send,
  );
  return answer === send ? { ...connection, allowHttp: true } : connection;
}

/**
 * The key with which a connection is tried before anything is kept: the typed one, else the environment's, else none.
 */
export function trialKey(
  { credentials }: Connections,
  connection: Connection,
  typed: string | undefined,
): () => Promise<string | undefined> {
  return async () => typed ?? credentials.environmentKey(connection);
}

/** A connection that was tried. */
interface TriedConnection {
  /** With the URL that worked. */
  readonly connection: Connection;
  /** The server gives no list of models, so nothing was shown. */
  readonly isTested: boolean;
}

/**
 * Tries a key with the list of models, the one request that costs nothing. A new connection whose URL lacks the usual
 * `/v1` gets it if only that works. Throws `ApiError`.
 */
export async function tryConnection(
  connections: Connections,
  connection: Connection,
  typed: string | undefined,
): Promise<TriedConnection> {
  const options: RequestOptions = {
    ...connections.requestOptions,
    retry: { strategy: 'none' },
    credential: trialKey(connections, connection, typed),
  };
  try {
    await listModels(connection, options);
    return { connection, isTested: true };
  } catch (error) {
    const isNew = connections.get(connection.name) === undefined;
    const longer = { ...connection, url: `${connection.url}/v1` };
    const mayBeLonger = isNew && new URL(connection.url).pathname === '/' && isElsewhere(error);
    if (mayBeLonger && (await works(longer, options))) return { connection: longer, isTested: true };
    if (hasNoModelList(error)) return { connection, isTested: false };
    throw error;
  }
}

async function works(connection: Connection, options: RequestOptions): Promise<boolean> {
  try {
    await listModels(connection, options);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

/** The server answered, but with something else: a page, an error about the path. */
function isElsewhere(error: unknown): boolean {
  return (
    error instanceof ApiError && ['notFound', 'badRequest', 'malformedReply', 'provider'].includes(error.kind)
  );
}

/** Keeps a typed key, or forgets the stored one where none was typed. Returns whether that worked, and says if not. */
export async function keepKey(
  { credentials }: Connections,
  connection: Connection,
  typed: string | undefined,
): Promise<boolean> {
  if (typed === undefined) {
    await credentials.delete(connection);
    return true;
  }
  if (await credentials.store(connection, typed)) return true;
  const environment = environmentFor(connection);
  void vscode.window.showWarningMessage(
    environment
      ? vscode.l10n.t(
          'This VS Code does not keep secrets. Set the environment variable {0} where VS Code is started, and use the connection named {1}.',
          environment.variable,
          environment.name,
        )
      : vscode.l10n.t('This VS Code does not keep secrets, so the key of {0} is lost.', connection.name),
  );
  return false;
}
