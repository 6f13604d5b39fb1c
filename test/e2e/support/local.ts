import {
  createServer,
  developmentKey,
  developmentOperator,
  type RunningServer,
} from '../../server/server.ts';
import { atOnePort } from './atOnePort.ts';
import { sharedServer, sharedVSCode, type UseShared } from './sharedVSCode.ts';
import type { VSCode } from './vscode.ts';

const env = { TACHYON_API_KEY: developmentKey };

/** More fields of the four connections, by name. */
export type LocalConnections = Readonly<Record<string, object>>;

/** Settings with a connection of each kind to the local server; only `tachyon` has a key, and `local` needs none. */
function fourConnections(server: RunningServer, more: LocalConnections): Record<string, unknown> {
  const { openai, atoma, 'openai-compatible': local } = server.baseUrls;
  const connections: Record<string, object> = {
    tachyon: { kind: 'tachyon', url: server.url, operatorId: developmentOperator },
    openai: { kind: 'openai', url: openai },
    atoma: { kind: 'atoma', url: atoma },
    local: { kind: 'openai-compatible', url: local },
  };
  const merged = Object.entries(connections).map(([name, fields]) => [name, { ...fields, ...more[name] }]);
  return { 'tachyon.connections': Object.fromEntries(merged) };
}

/** Runs a test with a local server of its own, in a VS Code that it shares. More settings may be given. */
export type UseLocal = (
  use: (vscode: VSCode, server: RunningServer) => Promise<void>,
  settings?: Record<string, unknown>,
) => Promise<void>;

/** The VS Code that the tests of this process share, with four connections to a local server: each test's own. */
export function sharedLocal(more: LocalConnections = {}): UseLocal {
  return withServer(sharedVSCode({ env }), more);
}

/** As {@link sharedLocal}, but with an empty profile for each test. */
export function emptyLocal(): UseLocal {
  return withServer(sharedServer({ env }), {});
}

const startAtOnePort = atOnePort(createServer);

function withServer(useShared: UseShared, more: LocalConnections): UseLocal {
  return async (use, settings = {}) => {
    const server = await startAtOnePort();
    try {
      await useShared({ ...fourConnections(server, more), ...settings }, (vscode) => use(vscode, server));
    } finally {
      await server.close();
    }
  };
}

/** Signs in to a connection of the settings with the local server's key. */
export async function signIn({ workbench }: VSCode, connection: string): Promise<void> {
  const { quickInput } = workbench;
  await workbench.runCommand('Tachyon: Sign In');
  await quickInput.pick(connection);
  await quickInput.fill(developmentKey);
  await quickInput.accept();
  await quickInput.waitUntilClosed();
  // Signing in ends with the Chat view and the connection's default in its picker.
  await workbench.chat.ready(`Default (${connection})`);
}

/** Bodies of the completions that reached the server, oldest first. */
export function completionBodies(server: RunningServer): unknown[] {
  return server.requests.filter(({ path }) => path.endsWith('/chat/completions')).map(({ body }) => body);
}
