// npm start: VS Code with the built extension, connected to the local server. See --once in start/options.ts.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningServer } from '../test/server/server.ts';
import { createServer, developmentKey } from '../test/server/server.ts';
import { exitOnSignals } from './lifetime.ts';
import { createPackage } from './packaging/vsix.ts';
import { outFolder, vscodeTestFolder } from './paths.ts';
import { createDemoFolder, demoConnections } from './start/demo.ts';
import { findDesktop, runDesktop } from './start/desktop.ts';
import { answerOnce, onceScreenshot } from './start/once.ts';
import type { StartOptions } from './start/options.ts';
import { readStartOptions } from './start/options.ts';
import { startSession } from './vscode/session.ts';

const startFolder = join(vscodeTestFolder, 'start');
/** Between two deltas of the demo model, so that one sees the answer stream. */
const deltaPauseMs = 15;

async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2));
  const vsix = join(outFolder, 'tachyon-chat.vsix');
  console.log('Building the extension …');
  await createPackage(vsix);
  if (options.once !== undefined) return once(options.once, vsix);
  await mkdir(startFolder, { recursive: true });
  const server = await createServer({ database: join(startFolder, 'chatrooms.db'), deltaPauseMs });
  try {
    console.log(`Local server: ${server.url} (its key is ${developmentKey})`);
    await open(options, vsix, server);
  } finally {
    await server.close();
  }
}

async function once(prompt: string, vsix: string): Promise<void> {
  exitOnSignals();
  const server = await createServer({ deltaPauseMs });
  try {
    console.log('Starting VS Code and sending the prompt …');
    const answer = await answerOnce(prompt, vsix, server);
    console.log(`\n${answer}\n\nScreenshot: ${onceScreenshot}`);
  } finally {
    await server.close();
  }
}

async function open(options: StartOptions, vsix: string, server: RunningServer): Promise<void> {
  const folder = options.folder ?? join(startFolder, 'demo');
  if (options.folder === undefined) await createDemoFolder(folder);
  const sessionOptions = {
    profileFolder: join(startFolder, 'profile'),
    extensions: [vsix],
    withToken: true,
    ...demoConnections(server),
  };
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  const desktop = options.browser ? undefined : findDesktop();
  if (desktop !== undefined) {
    console.log(`Opening ${desktop}. The server ends with its window, or with Ctrl+C.`);
    await Promise.race([runDesktop(desktop, sessionOptions, folder), interrupted]);
    return;
  }
  const session = await startSession(sessionOptions);
  const url = session.windowUrl(folder);
  console.log(`\nVS Code: ${url}\n\nType "@tachyon hello" into its Chat view. Ctrl+C ends both servers.`);
  openInBrowser(url);
  await Promise.race([interrupted, session.server.exited]);
  await session.server.stop();
}

/** Shows the page if somebody sits at this machine; the address was printed in any case. */
function openInBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer', linux: 'xdg-open' }[process.platform as string];
  if (opener === undefined || (process.platform === 'linux' && process.env['DISPLAY'] === undefined)) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
