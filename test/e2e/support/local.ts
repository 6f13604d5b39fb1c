import {
  createServer,
  developmentKey,
  developmentOperator,
  type RunningServer,
} from '../../server/server.ts';
import type { VSCode, VSCodeOptions } from './vscode.ts';
import { withVSCode } from './vscode.ts';

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

/** Runs `use` with a VS Code that has four connections to a local server of its own. */
export async function withLocal(
  use: (vscode: VSCode, server: RunningServer) => Promise<void>,
  more: LocalConnections = {},
  options: VSCodeOptions = {},
): Promise<void> {
  const server = await createServer();
  try {
    const settings = { ...fourConnections(server, more), ...options.settings };
    const env = { TACHYON_API_KEY: developmentKey };
    await withVSCode({ ...options, settings, env }, (vscode) => use(vscode, server));
  } finally {
    await server.close();
  }
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
