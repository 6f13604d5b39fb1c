import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { isShown } from '../../chat/modelFacts.ts';
import { type LocalServer, type LocalServerId, localServers } from '../../chat/localServer.ts';
import { cleanLabel } from '../../chat/untrusted.ts';
import type { ConnectionNames } from './connectionNames.ts';
import type { Connections } from './connections.ts';
import { localUrl, lookForServers } from './localServers.ts';
import { showPick, type StepResult } from './quickSteps.ts';
import { nameFor } from './signInInputs.ts';

/** A server of this machine that a person picked. */
export interface PickedServer {
  readonly connection: Connection;
  readonly needsKey: boolean;
}

interface ServerItem extends vscode.QuickPickItem {
  readonly port?: number;
  readonly action?: 'otherAddress';
}

/**
 * Looks for model servers on their usual ports and lets a person pick one. Says what was looked for and what is there.
 * `otherAddress`: the person wants to type one.
 */
export async function pickLocalServer(
  connections: Connections,
  names: ConnectionNames | undefined,
): Promise<StepResult<PickedServer | 'otherAddress'>> {
  const found = new Map<number, LocalServer>();
  const isFinal = ({ action, port = 0 }: ServerItem) => action !== undefined || isUsable(found.get(port));
  const picked = await showPick<ServerItem>({
    title: vscode.l10n.t('A Local Server'),
    placeholder: placeholder(),
    hasBack: true,
    items: itemsOf(found),
    attach: (pick) => {
      const looking = new AbortController();
      const look = async () => {
        found.clear();
        pick.busy = true;
        pick.items = itemsOf(found);
        await lookForServers({ ...connections.requestOptions, signal: looking.signal }, (port, server) => {
          found.set(port, server);
          const [focused] = pick.activeItems;
          pick.items = itemsOf(found);
          const there = pick.items.filter((item) => isUsable(found.get(item.port ?? 0)));
          // The first that is there gets the focus, unless the person has moved it to another one.
          const active = there.find((item) => item.port === focused?.port) ?? there[0];
          if (active) pick.activeItems = [active];
        });
        pick.busy = false;
      };
      pick.onDidAccept(() => {
        // Whoever picks what is not there has just started it.
        const [item] = pick.selectedItems;
        if (item && !isFinal(item) && !pick.busy) void look();
      });
      void look();
      return { dispose: () => looking.abort() };
    },
    isFinal,
  });
  if (typeof picked !== 'object') return picked;
  if (picked.port === undefined) return 'otherAddress';
  const server = found.get(picked.port);
  const url = localUrl(picked.port);
  const known = connections.all().find((connection) => isSame(connection.url, url));
  const name = nameFor(wishes[idOf(server) ?? 'unknown'], connections, names);
  return {
    connection: known ?? { name, kind: 'openai-compatible', url },
    needsKey: server?.state === 'needsKey',
  };
}

/** Names of connections that read well before a model's id. */
const wishes: Readonly<Record<LocalServerId | 'unknown', string>> = {
  ollama: 'ollama',
  lmStudio: 'lm-studio',
  llamaCpp: 'llama-cpp',
  vllm: 'vllm',
  unknown: 'local',
};

function placeholder(): string {
  const remote = vscode.env.remoteName;
  return remote
    ? vscode.l10n.t('Looked for on the remote machine ({0}), where the extension runs', remote)
    : vscode.l10n.t('Looked for on this machine');
}

/** Without models there is nothing to ask. */
function isUsable(server: LocalServer | undefined): boolean {
  if (server?.state === 'ready') return server.models.length > 0;
  return server?.state === 'loading' || server?.state === 'needsKey';
}

function itemsOf(found: ReadonlyMap<number, LocalServer>): ServerItem[] {
  const servers = localServers.map(({ id, title, port }): ServerItem => {
    const server = found.get(port);
    const actual = localServers.find((known) => known.id === idOf(server));
    // The answer tells the program; the port only which one was looked for.
    const named =
      server?.state === 'ready' && !actual ? vscode.l10n.t('OpenAI-compatible server') : undefined;
    return {
      label: `$(${isUsable(server) ? 'vm-active' : 'vm-outline'}) ${named ?? actual?.title ?? title}`,
      description: `127.0.0.1:${port}`,
      detail: describe(server, actual?.id ?? id),
      alwaysShow: true,
      port,
    };
  });
  return [
    ...servers,
    { label: vscode.l10n.t('$(add) Another address…'), alwaysShow: true, action: 'otherAddress' },
  ];
}

function idOf(server: LocalServer | undefined): LocalServerId | undefined {
  return server?.state === 'ready' || server?.state === 'loading' ? server.id : undefined;
}

function describe(server: LocalServer | undefined, id: LocalServerId): string {
  if (server === undefined) return vscode.l10n.t('Looking…');
  if (server.state === 'ready') return server.models.length > 0 ? modelNames(server) : noModels(id);
  const texts = {
    absent: vscode.l10n.t('Nothing listens there. Start it, then pick this line to look again.'),
    other: vscode.l10n.t('Something else answers there.'),
    needsKey: vscode.l10n.t('Something is there that wants a key.'),
    loading: vscode.l10n.t('It is loading its model; a prompt waits until it is there.'),
  } as const;
  return texts[server.state];
}

/** The first chat models; a list of all would not fit. */
function modelNames({ models }: Extract<LocalServer, { state: 'ready' }>): string {
  const connection: Connection = { name: '', kind: 'openai-compatible', url: localUrl(0) };
  const chat = models.filter((model) => isShown(connection, model));
  const shown = chat.slice(0, 4).map(({ id }) => cleanLabel(id, 40));
  const more = chat.length - shown.length;
  const list = shown.join(', ');
  return more > 0 ? vscode.l10n.t('{0} and {1} more', list, more) : list;
}

function noModels(id: LocalServerId): string {
  return id === 'ollama'
    ? vscode.l10n.t(
        'It has no model yet. Get one (for example: {0}), then pick this line to look again.',
        'ollama pull qwen3',
      )
    : vscode.l10n.t('It has no model yet. Load one there, then pick this line to look again.');
}

function isSame(one: string, other: string): boolean {
  return one.replace('//localhost:', '//127.0.0.1:') === other;
}
