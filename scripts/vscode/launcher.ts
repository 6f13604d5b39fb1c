// Stands in for the desktop build's executable: @vscode/test-electron spawns it with the desktop's flags and reads its
// exit code. The tests run in the extension host of the VS Code server; a page in a browser has to be open for that.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { exitOnSignals, exitWithParent } from '../lifetime.ts';
import { provisionServer } from './provision.ts';
import { startServer } from './server.ts';
import { launchBrowser } from './session.ts';

/** A test has a time limit of its own; this one is for a window in which they never begin. */
const runLimitMs = 10 * 60_000;

interface LaunchArguments {
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  readonly userData: string;
  readonly extensions: string;
  readonly folder: string | undefined;
}

function readArguments(): LaunchArguments {
  // Not strict: the desktop's other flags mean nothing here.
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
  const path = (name: string): string => {
    const value = values[name];
    if (typeof value !== 'string') throw new Error(`--${name}=PATH is missing.`);
    return resolve(value);
  };
  return {
    extensionDevelopmentPath: path('extensionDevelopmentPath'),
    extensionTestsPath: path('extensionTestsPath'),
    userData: path('user-data-dir'),
    extensions: path('extensions-dir'),
    folder: positionals[0] === undefined ? undefined : resolve(positionals[0]),
  };
}

function windowUrl(port: number, args: LaunchArguments): string {
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (args.folder !== undefined) url.searchParams.set('folder', args.folder);
  url.searchParams.set(
    'payload',
    JSON.stringify([
      ['extensionDevelopmentPath', remote + args.extensionDevelopmentPath],
      ['extensionTestsPath', remote + args.extensionTestsPath],
      ['skipWelcome', 'true'],
    ]),
  );
  return url.href;
}

/** Opens the window, passes the extension host's console on, and waits for the exit code of the tests. */
async function runInPage(page: Page, url: string): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    // The server's own logger was not compiled for this machine; it says so at length and does without.
    if (args.some((arg) => String(arg).includes('@vscode/spdlog'))) return;
    if (type === 'error' || type === 'warn') console.error(...args);
    else console.log(...args);
  });
  const exitCode = new Promise<number>((settle, reject) => {
    page.once('close', () => reject(new Error('The window was closed before the tests ended.')));
    page.once('crash', () => reject(new Error('The window crashed before the tests ended.')));
    page.exposeFunction('codeAutomationExit', (code: number) => settle(code)).catch(reject);
  });
  exitCode.catch(() => {});
  await page.goto(url);
  return exitCode;
}

async function timeLimit(): Promise<never> {
  await new Promise((settle) => {
    setTimeout(settle, runLimitMs).unref();
  });
  throw new Error(`The tests did not end within ${runLimitMs / 60_000} minutes.`);
}

async function main(): Promise<number> {
  const args = readArguments();
  const server = await startServer({
    serverFolder: await provisionServer(),
    profile: {
      userData: args.userData,
      extensions: args.extensions,
      serverData: join(args.userData, 'server-data'),
    },
    extensionTests: true,
  });
  const ended = server.exited.then((): never => {
    throw new Error(`The VS Code server ended before the tests did:\n${server.output().slice(-4000)}`);
  });
  ended.catch(() => {});
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ reducedMotion: 'reduce' });
      return await Promise.race([runInPage(page, windowUrl(server.port, args)), ended, timeLimit()]);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

exitOnSignals();
exitWithParent();
process.exitCode = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
