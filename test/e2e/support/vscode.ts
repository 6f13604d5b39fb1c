import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { outFolder } from '../../../scripts/paths.ts';
import { launchBrowser, startSession } from '../../../scripts/vscode/session.ts';
import type { Session } from '../../../scripts/vscode/session.ts';
import { stageWebExtension } from '../../../scripts/packaging/webExtension.ts';
import { waitForSavedChat } from './savedChat.ts';
import { Workbench } from './workbench.ts';

/** The package that `npm test` has built. */
const builtVsix = join(outFolder, 'tachyon-chat.vsix');

/** What a test needs of its VS Code. */
export interface VSCodeOptions {
  readonly settings?: Record<string, unknown>;
  /** Environment of the extension host. Nobody's own `TACHYON_…` variables get there. */
  readonly env?: Record<string, string | undefined>;
  /** Files of the folder that is opened, as path → text. `null`: no folder at all. */
  readonly files?: Readonly<Record<string, string>> | null;
  /** Opened instead of the folder: a path in it, such as `two.code-workspace` or `sub`. */
  readonly workspace?: string;
  /** Host of our extension; `web` runs its browser bundle in the web worker host. Default `node`. */
  readonly host?: 'node' | 'web';
  /** More extensions: .vsix files or folders. */
  readonly extensions?: readonly string[];
}

/** A VS Code with an empty profile, our extension and one window. */
export interface VSCode {
  /** The window. */
  readonly workbench: Workbench;
  /** Folder with the test's files; removed at the end. */
  readonly folder: string;
  readonly session: Session;
  readonly context: BrowserContext;
  /** Reloads the window once VS Code has saved its conversation. `workbench.reload()` does not wait for that. */
  readonly reloadSaved: () => Promise<void>;
  /** Opens another window on a path in the test's folder, or on nothing. */
  readonly openWindow: (workspace: string | undefined) => Promise<Workbench>;
}

/** Runs `use` with a VS Code of its own. When it throws, screenshots of all windows are left in `out/e2e`. */
export async function withVSCode(
  options: VSCodeOptions,
  use: (vscode: VSCode) => Promise<void>,
): Promise<void> {
  const base = await mkdtemp(join(tmpdir(), 'tachyon-e2e-'));
  const folder = join(base, 'workspace');
  await writeFiles(folder, options.files ?? {});
  const ours = options.host === 'web' ? await stageWebExtension() : builtVsix;
  const session = await startSession({
    profileFolder: join(base, 'profile'),
    settings: options.settings ?? {},
    extensions: [ours, ...(options.extensions ?? [])],
    env: options.env ?? {},
  });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    const openWindow = (workspace: string | undefined): Promise<Workbench> =>
      Workbench.open(
        context,
        session.windowUrl(workspace === undefined ? undefined : join(folder, workspace)),
      );
    try {
      const workbench = await openWindow(options.files === null ? undefined : (options.workspace ?? '.'));
      const reloadSaved = async (): Promise<void> => {
        const last = (await workbench.chat.prompts()).at(-1);
        if (last === undefined) return workbench.reload();
        await waitForSavedChat(session.profile.userData, last);
        await workbench.reload();
        await workbench.chat.waitForPrompt(last);
        await workbench.chat.ready();
      };
      await use({ workbench, folder, session, context, openWindow, reloadSaved });
    } catch (error) {
      await leaveEvidence(context, session);
      throw error;
    }
  } finally {
    await browser.close();
    await session.server.stop();
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function leaveEvidence(context: BrowserContext, session: Session): Promise<void> {
  const evidence = join(outFolder, 'e2e', String(session.server.port));
  await mkdir(evidence, { recursive: true });
  await writeFile(join(evidence, 'server.log'), session.server.output());
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: join(evidence, `window-${index}.png`) });
  }
  console.log(`Screenshots and the server's log: ${evidence}`);
}
