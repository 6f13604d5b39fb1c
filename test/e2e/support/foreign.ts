import type { ForeignChatroom } from '../../support/foreignChatrooms.ts';
import type { ForeignRequest } from '../../support/foreignRequests.ts';
import { field, items } from '../../support/foreignRequests.ts';
import { type ForeignServer, startForeignServer } from '../../support/foreignServer.ts';
import { atOnePort } from './atOnePort.ts';
import { sharedVSCode } from './sharedVSCode.ts';
import type { VSCode, VSCodeOptions } from './vscode.ts';
import { withVSCode } from './vscode.ts';

const env = { TACHYON_API_KEY: 'pk_foreign' };

/** Settings of an empty profile in which nothing of ours but the connection is set. */
export function foreignSettings(server: ForeignServer): Record<string, unknown> {
  return {
    // In a browser VS Code saves by itself, on a desktop it does not.
    'files.autoSave': 'off',
    'tachyon.connections': {
      tachyon: {
        kind: 'tachyon',
        url: server.url,
        operatorId: 'tn_01jforeign',
        // Journeys with faults tell what a single request brings; `endpoints.test.ts` shows the waits.
        retry: { strategy: 'none' },
      },
    },
  };
}

/** Runs `use` with a VS Code that is connected to a foreign server of its own. */
export async function withForeign(
  use: (vscode: VSCode, server: ForeignServer) => Promise<void>,
  options: VSCodeOptions = {},
): Promise<void> {
  const server = await startForeignServer();
  try {
    await withVSCode({ settings: foreignSettings(server), env, ...options }, (vscode) => use(vscode, server));
  } finally {
    await server.close();
  }
}

/** Runs a test as {@link withForeign} does, in a VS Code that it shares. */
export type UseForeign = (use: (vscode: VSCode, server: ForeignServer) => Promise<void>) => Promise<void>;

const startAtOnePort = atOnePort(startForeignServer);

/** As {@link withForeign}, in the VS Code that the tests of this process share. Each has a server of its own. */
export function sharedForeign(options: Omit<VSCodeOptions, 'settings'> = {}): UseForeign {
  const useShared = sharedVSCode({ env, ...options });
  return async (use) => {
    const server = await startAtOnePort();
    try {
      await useShared(foreignSettings(server), (vscode) => use(vscode, server));
    } finally {
      await server.close();
    }
  };
}

/** The chatroom completions that reached the server, oldest first. */
export function completions(server: ForeignServer): ForeignRequest[] {
  return server.requests.filter(({ path }) => path.endsWith('/chat/completions'));
}

/** `role: text` of each message in a completion's request. */
export function messagesOf(request: ForeignRequest | undefined): string[] {
  return items(field(request?.body, 'messages')).map(
    (message) => `${String(field(message, 'role'))}: ${String(field(message, 'content'))}`,
  );
}

/** The chatrooms of the server, oldest first. */
export function rooms(server: ForeignServer): ForeignChatroom[] {
  return [...server.chatrooms.values()];
}
