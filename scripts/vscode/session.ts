import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { provisionBrowser } from './browser.ts';
import { provisionServer } from './provision.ts';
import { createProfile, installVsix, startServer, writeUserSettings } from './server.ts';
import type { Profile, RunningServer } from './server.ts';

/** What a VS Code of ours is started with. */
export interface SessionOptions {
  /** Folder that holds the profile; it need not exist. */
  readonly profileFolder: string;
  readonly settings: Record<string, unknown>;
  /** Extensions to install: .vsix files, or folders with a package.json. */
  readonly extensions: readonly string[];
  /** An extensions folder to begin with, from `installedExtensions`. */
  readonly installed?: string;
  /** Variables on top of the environment; undefined takes one away. */
  readonly env?: Record<string, string | undefined>;
  /** Protect the server with a random connection token. */
  readonly withToken?: boolean;
  /** Open folders in Restricted Mode. */
  readonly restricted?: boolean;
}

/** A VS Code server with its profile. */
export interface Session {
  readonly server: RunningServer;
  readonly profile: Profile;
  /** Address of a window on a folder or .code-workspace file, or on nothing. */
  windowUrl(workspace: string | undefined): string;
  /** Replaces the user's settings; a running VS Code takes them over at once. */
  writeSettings(settings: Record<string, unknown>): Promise<void>;
}

/** Settings that keep VS Code from calling home and from welcoming. */
export const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'update.mode': 'none',
};

/** Starts a VS Code server with a profile of its own and the extensions installed. */
export async function startSession(options: SessionOptions): Promise<Session> {
  const serverFolder = await provisionServer();
  const profile = await createProfile(options.profileFolder, { ...quietSettings, ...options.settings });
  // VS Code resolves what its list there says against the folder itself, so a copy is as good as the original.
  if (options.installed !== undefined) await cp(options.installed, profile.extensions, { recursive: true });
  await installExtensions(serverFolder, profile, options.extensions);
  const token = options.withToken === true ? randomBytes(24).toString('hex') : undefined;
  const tokenFile = join(options.profileFolder, 'connection-token');
  if (token !== undefined) await writeFile(tokenFile, token, { mode: 0o600 });
  const server = await startServer({
    serverFolder,
    profile,
    env: sessionEnvironment(options.env),
    ...(token === undefined ? {} : { tokenFile }),
    ...(options.restricted !== undefined && { restricted: options.restricted }),
  });
  return {
    server,
    profile,
    windowUrl(workspace) {
      const url = new URL(`http://127.0.0.1:${server.port}/`);
      if (token !== undefined) url.searchParams.set('tkn', token);
      if (workspace !== undefined) {
        url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
      }
      return url.href;
    },
    writeSettings: (settings) => writeUserSettings(profile.userData, { ...quietSettings, ...settings }),
  };
}

/** Starts the installed Chromium, Chrome or Edge. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await provisionBrowser(),
    // Playwright would close the browser on these, but keep the process running.
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function installExtensions(
  serverFolder: string,
  profile: Profile,
  extensions: readonly string[],
): Promise<void> {
  // Folders first: VS Code takes them over only while it has not written extensions.json yet.
  for (const folder of extensions.filter((path) => !path.endsWith('.vsix'))) {
    const manifest: Record<string, string> = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const { publisher, name, version } = manifest;
    const target = join(profile.extensions, `${publisher}.${name}-${version}`);
    await mkdir(target, { recursive: true });
    await cp(folder, target, { recursive: true });
  }
  for (const vsix of extensions.filter((path) => path.endsWith('.vsix'))) {
    await installVsix(serverFolder, profile, vsix);
  }
}

/** The environment without what would lead a run to the user's own accounts or VS Code. */
export function sessionEnvironment(changes: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const personal = /^(TACHYON_|ATOMASDK_|ARGOTOPENAI_|OPENAI_|VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !personal.test(name));
  return { ...Object.fromEntries(kept), ...changes };
}
