import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { cleanCredential } from '../../api/credential.ts';
import type { Operator } from '../../api/wire.ts';
import { parseBaseUrl } from '../../api/url.ts';
import { baseUrlProblem } from '../../chat/connectionEntry.ts';
import { describeError } from '../../chat/describeError.ts';
import { plainText } from '../../chat/untrusted.ts';
import type { Connections } from './connections.ts';

/** Which connection to sign in to: one of the settings, or a server whose URL is typed. */
export async function pickConnection(connections: Connections): Promise<Connection | undefined> {
  const other = { label: vscode.l10n.t('$(add) Another Tachyon server…'), connection: undefined };
  const picked = await vscode.window.showQuickPick(
    [
      ...connections.all().map((connection) => ({
        label: connection.name,
        description: connection.url,
        ...keyNote(connections, connection),
        connection,
      })),
      other,
    ],
    {
      title: vscode.l10n.t('Sign in to Tachyon (1/3)'),
      placeHolder: vscode.l10n.t('Names and contents of chatrooms are stored by the operator you choose.'),
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
    validateInput: (value) => (value ? baseUrlProblem(value, vscode.l10n) : undefined),
  });
  if (!text) return undefined;
  const url = parseBaseUrl(text);
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

/** Asks for the key until the server takes it. The box stays open and keeps what was typed. */
export function askCredential(
  connection: Connection,
  check: (credential: string) => Promise<readonly Operator[]>,
): Promise<{ credential: string; operators: readonly Operator[] } | undefined> {
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Sign in to Tachyon (2/3)');
  box.prompt = vscode.l10n.t(
    'API key for {0} ({1}). It is kept in VS Code’s secret storage only.',
    connection.name,
    connection.url,
  );
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
        const credential = cleanCredential(box.value);
        const operators = await check(credential);
        resolve({ credential, operators });
        box.hide();
      } catch (error) {
        box.validationMessage = plainText(describeError(error, connection.name, vscode.l10n).message);
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
