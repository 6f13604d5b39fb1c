import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { outFolder } from '../../../scripts/paths.ts';
import { installedExtensions } from '../../../scripts/vscode/installed.ts';
import { launchBrowser, startSession } from '../../../scripts/vscode/session.ts';
import type { Session, SessionOptions } from '../../../scripts/vscode/session.ts';
import { stageWebExtension } from '../../../scripts/packaging/webExtension.ts';
import { makeRepository } from './repository.ts';
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
  /** The folder is a git repository with these files committed. */
  readonly isRepository?: boolean;
  /** Opened instead of the folder: a path in it, such as `two.code-workspace` or `sub`. */
  readonly workspace?: string;
  /** Host of our extension; `web` runs its browser bundle in the web worker host. Default `node`. */
  readonly host?: 'node' | 'web';
  /** Open the folder in Restricted Mode. */
  readonly restricted?: boolean;
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

/** A VS Code that its starter closes. */
export interface StartedVSCode extends VSCode {
  /** Opens it as a new user finds it: with these settings, and without all that it has kept. Closes the windows of now. */
  empty(settings: Record<string, unknown>): Promise<StartedVSCode>;
  /** Leaves pictures of all windows and the server's log in `out/e2e`. */
  leaveEvidence(): Promise<void>;
  close(): Promise<void>;
}

/** Runs `use` with a VS Code of its own. When it throws, screenshots of all windows are left in `out/e2e`. */
export async function withVSCode(
  options: VSCodeOptions,
  use: (vscode: VSCode) => Promise<void>,
): Promise<void> {
  const vscode = await startVSCode(options);
  try {
    await use(vscode);
  } catch (error) {
    await vscode.leaveEvidence();
    throw error;
  } finally {
    await vscode.close();
  }
}

/** Starts a VS Code with a profile of its own and opens its window. */
export async function startVSCode(options: VSCodeOptions): Promise<StartedVSCode> {
  const base = await mkdtemp(join(tmpdir(), 'tachyon-e2e-'));
  const folder = join(base, 'workspace');
  const closers = [() => rm(base, { recursive: true, force: true, maxRetries: 3 })];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    await writeFiles(folder, options.files ?? {});
    if (options.isRepository === true) await makeRepository(folder);
    const session = await startSession({
      profileFolder: join(base, 'profile'),
      settings: options.settings ?? {},
      env: options.env ?? {},
      restricted: options.restricted ?? false,
      ...(await extensionsOf(options)),
    });
    closers.push(() => session.server.stop());
    const browser = await launchBrowser();
    closers.push(() => browser.close());
    // In the browser VS Code keeps its state and its secrets, in the session's profile everything else.
    const context = await browser.newContext({
      viewport: { width: 1400, height: 1000 },
      reducedMotion: 'reduce', // what moves while a test waits takes a good part of a processor
    });
    return await openProfile({ options, folder, session, context, close });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Host extends Pick<StartedVSCode, 'folder' | 'session' | 'context' | 'close'> {
  readonly options: VSCodeOptions;
}

async function openProfile(host: Host): Promise<StartedVSCode> {
  const { options, folder, session, context, close } = host;
  const openWindow = (workspace: string | undefined): Promise<Workbench> =>
    Workbench.open(context, session.windowUrl(workspace === undefined ? undefined : join(folder, workspace)));
  const leaveEvidence = () => leaveEvidenceOf(context, session);
  const workbench = await openWindow(options.files === null ? undefined : (options.workspace ?? '.')).catch(
    async (error: unknown) => {
      await leaveEvidence();
      throw error;
    },
  );
  const reloadSaved = async (): Promise<void> => {
    const last = (await workbench.chat.prompts()).at(-1);
    if (last === undefined) return workbench.reload();
    await waitForSavedChat(session.profile.userData, last);
    await workbench.reload();
    await workbench.chat.waitForPrompt(last);
    await workbench.chat.ready();
  };
  const empty = async (settings: Record<string, unknown>): Promise<StartedVSCode> => {
    await closeWindows(context, session);
    await rm(join(session.profile.userData, 'User'), { recursive: true, force: true, maxRetries: 3 });
    await session.writeSettings(settings);
    return openProfile(host);
  };
  return { workbench, folder, session, context, openWindow, reloadSaved, leaveEvidence, close, empty };
}

/** Closes all windows and forgets what VS Code keeps in the browser; its program, which takes seconds to load, stays. */
async function closeWindows(context: BrowserContext, session: Session): Promise<void> {
  const pages = context.pages();
  // A page that leaves tells its extension host to end; one that is closed does not.
  for (const page of pages) await page.goto('about:blank');
  const [any] = pages;
  if (any === undefined) throw new Error('There is no window to clear the storage from.');
  const devtools = await context.newCDPSession(any);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(session.windowUrl(undefined)).origin,
    storageTypes: 'cookies,local_storage,indexeddb,service_workers,cache_storage,file_systems',
  });
  for (const page of pages) await page.close();
}

async function extensionsOf({
  host,
  extensions = [],
}: VSCodeOptions): Promise<Pick<SessionOptions, 'extensions' | 'installed'>> {
  if (host === 'web') return { extensions: [await stageWebExtension(), ...extensions] };
  // Folders have to be there before VS Code installs anything, so not after a copy either.
  if (extensions.some((path) => !path.endsWith('.vsix'))) return { extensions: [builtVsix, ...extensions] };
  return { extensions, installed: await installedExtensions(builtVsix) };
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function leaveEvidenceOf(context: BrowserContext, session: Session): Promise<void> {
  const evidence = join(outFolder, 'e2e', String(session.server.port));
  await mkdir(evidence, { recursive: true });
  await writeFile(join(evidence, 'server.log'), session.server.output());
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: join(evidence, `window-${index}.png`) });
  }
  console.log(`Screenshots and the server's log: ${evidence}`);
}
