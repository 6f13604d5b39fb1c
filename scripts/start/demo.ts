import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningServer } from '../../test/server/server.ts';
import { developmentKey, developmentOperator } from '../../test/server/server.ts';

/** Settings and environment that connect the extension to the local server. */
export function demoConnection(server: RunningServer): {
  settings: Record<string, unknown>;
  env: Record<string, string>;
} {
  return {
    settings: {
      'tachyon.connections': {
        tachyon: { kind: 'tachyon', url: server.url, operatorId: developmentOperator },
      },
    },
    env: { TACHYON_API_KEY: developmentKey },
  };
}

/** The same, and a connection of each other kind; the ones named openai and atoma need a sign-in. */
export function demoConnections(server: RunningServer): ReturnType<typeof demoConnection> {
  const { settings, env } = demoConnection(server);
  const { openai, atoma, 'openai-compatible': local } = server.baseUrls;
  const connections = {
    ...Object(settings['tachyon.connections']),
    openai: { kind: 'openai', url: openai },
    atoma: { kind: 'atoma', url: atoma },
    local: { kind: 'openai-compatible', url: local },
  };
  return { settings: { 'tachyon.connections': connections }, env };
}

/** A folder to try things in; what is in it already stays as it is. */
export async function createDemoFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const write = (name: string, text: string): Promise<void> =>
    writeFile(join(folder, name), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  await write('README.md', '# Demo\n\nType `@tachyon` and a question into the Chat view.\n');
  await write(
    'fibonacci.ts',
    'export function fibonacci(n: number): number {\n  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);\n}\n',
  );
}
