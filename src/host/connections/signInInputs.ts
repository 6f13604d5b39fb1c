import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { cleanCredential } from '../../api/credential.ts';
import { dialectOf } from '../../api/dialects.ts';
import { parseBaseUrl } from '../../api/url.ts';
import { baseUrlProblem } from '../../chat/connectionEntry.ts';
import { hasOperators, needsCredential } from '../../chat/connectionNeeds.ts';
import { describeError } from '../../chat/describeError.ts';
import { plainText } from '../../chat/untrusted.ts';
import type { Connections } from './connections.ts';

/** Which connection to sign in to: one of the settings that takes a key, or a server whose URL is typed. */
export async function pickConnection(connections: Connections): Promise<Connection | undefined> {
  const other = { label: vscode.l10n.t('$(add) Another Tachyon server…'), connection: undefined };
  const offered = connections.all().filter(({ auth }) => auth !== 'none');
  const isTachyonOnly = offered.every(({ kind }) => hasOperators(kind));
  const picked = await vscode.window.showQuickPick(
    [
      ...offered.map((connection) => ({
        label: connection.name,
        description: connection.url,
        ...keyNote(connections, connection),
        connection,
      })),
      other,
    ],
    {
      title: isTachyonOnly
        ? vscode.l10n.t('Sign in to Tachyon (1/3)')
        : vscode.l10n.t('Sign in: choose the connection'),
      placeHolder: isTachyonOnly
        ? vscode.l10n.t('Names and contents of chatrooms are stored by the operator you choose.')
        : vscode.l10n.t(
            'A Tachyon server’s chatrooms are stored by its operator, the others’ on this machine.',
          ),
      ignoreFocusOut: true,
    },
  );
  if (!picked) return undefined;
  return picked.connection ?? askNewConnection(connections);
}

function keyNote(connections: Connections, connection: Connection): { detail?: string } {
  const variable = connections.credentials.environmentVariable(connection);
  return variable ? { detail: vscode.l10n.t('Has a key from the environment variable {0}', variable) } : {};
}

async function askNewConnection(connections: Connections): Promise<Connection | undefined> {
  const remote = vscode.env.remoteName;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign in to Tachyon (1/3)'),
    prompt: remote
      ? vscode.l10n.t('URL of the server. localhost means the remote machine ({0}).', remote)
      : vscode.l10n.t('URL of the server, without /v1'),
    placeHolder: 'https://api.n1.tachy.one',
    ignoreFocusOut: true,
    validateInput: (value) => (value ? baseUrlProblem(value, 'tachyon', vscode.l10n) : undefined),
  });
  if (!text) return undefined;
  const url = parseBaseUrl(text, dialectOf('tachyon').urlEndings);
  const known = connections.all().find((connection) => connection.url === url);
  return known ?? { name: freeName(new URL(url).hostname, connections), kind: 'tachyon', url };
}

/** A connection name made of the host name, with a number if it is taken. */
function freeName(host: string, connections: Connections): string {
  const base = host
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 28);
  const candidates = [
    base || 'server',
    ...Array.from({ length: 98 }, (_, i) => `${base || 'server'}-${i + 2}`),
  ];
  return candidates.find((name) => !connections.get(name)) ?? crypto.randomUUID().slice(0, 8);
}

/** A key that was taken, `undefined` for none, and what its check told. */
interface EnteredKey<T> {
  readonly credential: string | undefined;
  readonly checked: T;
}

/** Asks for the key until `check` takes it. The box stays open and keeps what was typed. */
export function askCredential<T>(
  connection: Connection,
  check: (credential: string | undefined) => Promise<T>,
): Promise<EnteredKey<T> | undefined> {
  const { name, kind, url } = connection;
  const isOptional = !needsCredential(connection);
  const box = vscode.window.createInputBox();
  box.title = hasOperators(kind)
    ? vscode.l10n.t('Sign in to Tachyon (2/3)')
    : vscode.l10n.t('Sign in to {0} (2/2)', name);
  box.prompt = vscode.l10n.t(
    'API key for {0} ({1}). It is kept in VS Code’s secret storage only.',
    name,
    url,
  );
  if (isOptional) box.placeholder = vscode.l10n.t('Leave it empty if the server needs none');
  box.password = true;
  box.ignoreFocusOut = true;
  return new Promise((resolve) => {
    box.onDidChangeValue(() => {
      box.validationMessage = '';
    });
    box.onDidAccept(async () => {
      box.busy = true;
      box.enabled = false;
      try {
        const isNone = isOptional && box.value.trim() === '';
        const credential = isNone ? undefined : cleanCredential(box.value);
        resolve({ credential, checked: await check(credential) });
        box.hide();
      } catch (error) {
        box.validationMessage = plainText(describeError(error, name, vscode.l10n, kind).message);
      } finally {
        box.busy = false;
        box.enabled = true;
      }
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}
