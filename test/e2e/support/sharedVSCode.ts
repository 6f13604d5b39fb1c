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
 * One VS Code with one window for the tests of a process: most of a test's time is VS Code's start. Each begins with a
 * new conversation and nothing else open. It starts with the first test, and anew where a test wants another one, has
 * changed our settings or has failed; what that one showed is left in `out/e2e`.
 */
export function sharedVSCode(options: Omit<VSCodeOptions, 'settings'> = {}): UseShared {
  return share(options, async ({ vscode, ours }) => {
    if (ours !== (await ourSettings(vscode))) return undefined;
    await tidyWindow(vscode);
    return vscode;
  });
}

/** As {@link sharedVSCode} for tests that need an empty profile: only the server and the browser stay the same. */
export function sharedServer(options: Omit<VSCodeOptions, 'settings'> = {}): UseShared {
  return share(options, ({ vscode }, settings) => vscode.empty(settings), true);
}

function share(options: Omit<VSCodeOptions, 'settings'>, goOn: GoOn, isEmptied = false): UseShared {
  // A test that ran into mocha's limit is still under way.
  afterEach(() => shared.giveUpUnended());
  return async (settings, use) => {
    const asked = JSON.stringify(isEmptied ? options : [options, settings]);
    await shared.use(asked, { ...options, settings }, goOn, use);
  };
}

/** The VS Code that the tests of this process share. */
class SharedVSCode {
  #current: Shared | undefined;
  #inUse: StartedVSCode | undefined;

  async use(
    asked: string,
    options: VSCodeOptions,
    goOn: GoOn,
    use: (vscode: VSCode) => Promise<void>,
  ): Promise<void> {
    const vscode = await this.#prepare(asked, options, goOn);
    this.#inUse = vscode;
    try {
      await use(vscode);
    } catch (error) {
      if (this.#current?.vscode === vscode) await this.#giveUp();
      throw error;
    } finally {
      if (this.#inUse === vscode) this.#inUse = undefined;
    }
  }

  async giveUpUnended(): Promise<void> {
    if (this.#inUse !== undefined) await this.#giveUp();
  }

  async discard(): Promise<void> {
    const closing = this.#current;
    this.#current = undefined;
    await closing?.vscode.close();
  }

  async #giveUp(): Promise<void> {
    try {
      await this.#current?.vscode.leaveEvidence();
    } finally {
      this.#inUse = undefined;
      await this.discard();
    }
  }

  async #prepare(asked: string, options: VSCodeOptions, goOn: GoOn): Promise<StartedVSCode> {
    let vscode: StartedVSCode | undefined;
    try {
      const current = this.#current;
      vscode = current?.asked === asked ? await goOn(current, options.settings ?? {}) : undefined;
    } catch (error) {
      // What a test has left behind must not fail the next one.
      console.log(`The shared VS Code starts anew: ${error instanceof Error ? error.message : 'no error'}`);
    }
    if (vscode === undefined) {
      await this.discard();
      vscode = await startVSCode(options);
    }
    this.#current = { vscode, asked, ours: await ourSettings(vscode) };
    return vscode;
  }
}

const shared = new SharedVSCode();
// At the root: the last test of a file leaves it to the first one of the next.
after(() => shared.discard());

/** VS Code itself rewrites some of its own. */
async function ourSettings({ session }: VSCode): Promise<string> {
  const text = await readFile(join(session.profile.userData, 'User', 'settings.json'), 'utf8');
  const settings: Record<string, unknown> = JSON.parse(text);
  return JSON.stringify(Object.entries(settings).filter(([name]) => name.startsWith('tachyon.')));
}
