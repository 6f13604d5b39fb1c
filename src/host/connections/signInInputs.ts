import * as vscode from 'vscode';
import { type Connection, type ConnectionKind, connectionKinds } from '../../api/connection.ts';
import { dialectOf } from '../../api/dialects.ts';
import { isLoopback, parseBaseUrl } from '../../api/url.ts';
import { baseUrlProblem, builtInName } from '../../chat/connectionEntry.ts';
import { freeName } from '../../chat/connectionNames.ts';
import { takenNames } from './connectionEntries.ts';
import type { ConnectionNames } from './connectionNames.ts';
import type { Connections } from './connections.ts';
import { showInput, type StepResult } from './quickSteps.ts';

/** What a person wants to sign in to: a connection that may not be in the settings yet, or one to be found. */
export type SignInTarget = Connection | 'localServer' | 'otherServer' | 'tachyonServer';

type TargetItem = vscode.QuickPickItem & { readonly target?: SignInTarget };

/** Asks what to sign in to: connections that lack their key first, then new ones, then those that have theirs. */
export async function pickTarget(
  connections: Connections,
  names: ConnectionNames | undefined,
  title: string,
): Promise<SignInTarget | undefined> {
  const keyed = connections.all().filter(({ auth }) => auth !== 'none');
  const needs = await Promise.all(keyed.map((connection) => connections.missing(connection)));
  const lacking = keyed.filter((_, i) => needs[i] !== undefined);
  const complete = keyed.filter((_, i) => needs[i] === undefined);
  const items: TargetItem[] = [
    ...group(
      vscode.l10n.t('Not signed in yet'),
      lacking.map((connection) => connectionItem(connections, connection)),
    ),
    ...group(vscode.l10n.t('New'), newItems(connections, names)),
    ...group(
      vscode.l10n.t('Change the key'),
      complete.map((connection) => connectionItem(connections, connection)),
    ),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t(
      'Tachyon’s chatrooms are stored by the operator you choose, all others on this machine.',
    ),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.target;
}

function group(label: string, items: readonly TargetItem[]): readonly TargetItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function connectionItem(connections: Connections, connection: Connection): TargetItem {
  const variable = connections.credentials.environmentVariable(connection);
  return {
    label: connection.name,
    description: connection.url,
    ...(variable && { detail: vscode.l10n.t('Has a key from the environment variable {0}', variable) }),
    target: connection,
  };
}

function newItems(connections: Connections, names: ConnectionNames | undefined): TargetItem[] {
  const isBuiltInThere = connections.get(builtInName) !== undefined;
  return [
    ...(isBuiltInThere
      ? []
      : [
          {
            label: 'Tachyon',
            description: urlOf('tachyon'),
            target: newConnection('tachyon', connections, names),
          },
        ]),
    { label: 'OpenAI', description: urlOf('openai'), target: newConnection('openai', connections, names) },
    { label: 'Atoma', description: urlOf('atoma'), target: newConnection('atoma', connections, names) },
    {
      label: vscode.l10n.t('A local server…'),
      description: vscode.l10n.t('Ollama, LM Studio, llama.cpp or vLLM; needs no key'),
      target: 'localServer',
    },
    {
      label: vscode.l10n.t('Other (OpenAI-compatible)…'),
      description: vscode.l10n.t('OpenRouter, Groq, a company’s own server, …'),
      target: 'otherServer',
    },
    {
      label: vscode.l10n.t('Another Tachyon server…'),
      target: 'tachyonServer',
    },
  ];
}

function urlOf(kind: ConnectionKind): string {
  return dialectOf(kind).defaultUrl ?? '';
}

function newConnection(
  kind: ConnectionKind,
  connections: Connections,
  names: ConnectionNames | undefined,
): Connection {
  return { name: nameFor(kind, connections, names), kind, url: urlOf(kind) };
}

/** A name for a new connection that no other has or had. */
export function nameFor(wish: string, connections: Connections, names: ConnectionNames | undefined): string {
  const taken = takenNames(connections);
  return freeName(wish, (name) => !(names?.isFree(name, undefined, taken) ?? !taken.has(name)));
}

/** Asks for a server's URL. Gives the connection of the settings that has it, else a new one. */
export function askServer(
  wanted: 'tachyon' | 'openai-compatible',
  connections: Connections,
  names: ConnectionNames | undefined,
): Promise<StepResult<Connection>> {
  const isTachyon = wanted === 'tachyon';
  return showInput({
    title: isTachyon
      ? vscode.l10n.t('Sign in to Tachyon (1/3)')
      : vscode.l10n.t('Other (OpenAI-compatible) (1/2)'),
    prompt: urlPrompt(isTachyon),
    placeholder: isTachyon ? urlOf('tachyon') : 'https://openrouter.ai/api/v1',
    hasBack: true,
    problem: (text) => baseUrlProblem(text, wanted, vscode.l10n),
    accept: (text) => {
      const url = parseBaseUrl(text, dialectOf(wanted).urlEndings);
      const known = connections.all().find((connection) => connection.url === url);
      if (known) return known;
      // Whoever types the address of an API that has a kind of its own means that.
      const kind = connectionKinds.find((own) => dialectOf(own).defaultUrl === url) ?? wanted;
      return { name: nameFor(wishFor(new URL(url)), connections, names), kind, url };
    },
  });
}

function urlPrompt(isTachyon: boolean): string {
  const remote = vscode.env.remoteName;
  if (remote) return vscode.l10n.t('URL of the server. localhost means the remote machine ({0}).', remote);
  return isTachyon
    ? vscode.l10n.t('URL of the server, without /v1')
    : vscode.l10n.t('URL of the server; most end in /v1');
}

/** `openrouter` of `https://openrouter.ai/…`; names without dots are easier to write. */
function wishFor(url: URL): string {
  if (isLoopback(url) || /^[\d.]+$|^\[/.test(url.hostname)) return 'local';
  return url.hostname.replace(/^(?:api|www)\./, '');
}
