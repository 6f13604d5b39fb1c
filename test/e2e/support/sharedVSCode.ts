import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tidyWindow } from './tidyWindow.ts';
import type { StartedVSCode, VSCode, VSCodeOptions } from './vscode.ts';
import { startVSCode } from './vscode.ts';

/** Runs a test in a shared VS Code that has these settings. */
export type UseShared = (
  settings: Record<string, unknown>,
  use: (vscode: VSCode) => Promise<void>,
) => Promise<void>;

interface Shared {
  readonly vscode: StartedVSCode;
  /** What the test asked for. */
  readonly asked: string;
  /** Our settings as they stand in the file, before a test has changed any. */
  readonly ours: string;
}

/** Makes the VS Code of one test into that of the next; undefined if that one needs another. */
type GoOn = (shared: Shared, settings: Record<string, unknown>) => Promise<StartedVSCode | undefined>;

/**
 * One VS Code with one window for the tests of the describe block in which this is called: most of a test's time is VS
 * Code's start. Each begins with a new conversation and nothing else open. It starts with the first test, and anew where
 * a test wants other settings, has changed them or has failed; what that one showed is left in `out/e2e`.
 */
export function sharedVSCode(options: Omit<VSCodeOptions, 'settings'> = {}): UseShared {
  return share(options, async ({ vscode, asked, ours }, settings) => {
    if (asked !== JSON.stringify(settings) || ours !== (await ourSettings(vscode))) return undefined;
    await tidyWindow(vscode);
    return vscode;
  });
}

/** As {@link sharedVSCode} for tests that need an empty profile: only the server and the browser stay the same. */
export function sharedServer(options: Omit<VSCodeOptions, 'settings'> = {}): UseShared {
  return share(options, ({ vscode }, settings) => vscode.empty(settings));
}

function share(options: Omit<VSCodeOptions, 'settings'>, goOn: GoOn): UseShared {
  let shared: Shared | undefined;
  let inUse: StartedVSCode | undefined;

  const discard = async (): Promise<void> => {
    const closing = shared;
    shared = undefined;
    await closing?.vscode.close();
  };

  const giveUp = async (): Promise<void> => {
    try {
      await shared?.vscode.leaveEvidence();
    } finally {
      inUse = undefined;
      await discard();
    }
  };

  const prepare = async (settings: Record<string, unknown>): Promise<StartedVSCode> => {
    let vscode: StartedVSCode | undefined;
    try {
      vscode = shared && (await goOn(shared, settings));
    } catch (error) {
      // What a test has left behind must not fail the next one.
      console.log(`The shared VS Code starts anew: ${error instanceof Error ? error.message : 'no error'}`);
    }
    if (vscode === undefined) {
      await discard();
      vscode = await startVSCode({ ...options, settings });
    }
    shared = { vscode, asked: JSON.stringify(settings), ours: await ourSettings(vscode) };
    return vscode;
  };

  afterEach(async () => {
    // The test ran into mocha's limit and is still under way.
    if (inUse !== undefined) await giveUp();
  });

  after(discard);

  return async (settings, use) => {
    const vscode = await prepare(settings);
    inUse = vscode;
    try {
      await use(vscode);
    } catch (error) {
      if (shared?.vscode === vscode) await giveUp();
      throw error;
    } finally {
      if (inUse === vscode) inUse = undefined;
    }
  };
}

/** VS Code itself rewrites some of its own. */
async function ourSettings({ session }: VSCode): Promise<string> {
  const text = await readFile(join(session.profile.userData, 'User', 'settings.json'), 'utf8');
  const settings: Record<string, unknown> = JSON.parse(text);
  return JSON.stringify(Object.entries(settings).filter(([name]) => name.startsWith('tachyon.')));
}
