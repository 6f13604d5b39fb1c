import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { endWithThisProcess } from '../lifetime.ts';

/** Folders of one VS Code, all under one: nothing of the user's own VS Code is touched. */
export interface Profile {
  readonly userData: string;
  readonly extensions: string;
  readonly serverData: string;
}

/** Options of {@link startServer}. */
export interface ServerOptions {
  /** Folder of the VS Code server, from `provisionServer`. */
  readonly serverFolder: string;
  readonly profile: Profile;
  /** File with the connection token that the page must show; without one any local program may come in. */
  readonly tokenFile?: string;
  /** Environment of the server, which the extension host inherits. */
  readonly env?: NodeJS.ProcessEnv;
  /** Honour extensionDevelopmentPath and extensionTestsPath. This also switches off notification toasts. */
  readonly extensionTests?: boolean;
  /** Open folders in Restricted Mode, as a person does who has not said yet that they trust them. */
  readonly restricted?: boolean;
}

/** A VS Code server that runs. */
export interface RunningServer {
  readonly port: number;
  /** What the server printed so far. */
  output(): string;
  /** Settles when the server has ended by itself or was stopped. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

/** The profile's folders under `folder`. What the person has set in an earlier run stays unless `settings` has it. */
export async function createProfile(folder: string, settings: Record<string, unknown>): Promise<Profile> {
  const profile: Profile = {
    userData: join(folder, 'user-data'),
    extensions: join(folder, 'extensions'),
    serverData: join(folder, 'server-data'),
  };
  await writeUserSettings(profile.userData, { ...(await readUserSettings(profile.userData)), ...settings });
  await mkdir(profile.extensions, { recursive: true });
  return profile;
}

/** Writes the user's settings where VS Code honours every scope. */
export async function writeUserSettings(userData: string, settings: Record<string, unknown>): Promise<void> {
  // Application-scoped settings are honoured here only, not in user-data/Machine.
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
}

async function readUserSettings(userData: string): Promise<Record<string, unknown>> {
  try {
    const settings: Record<string, unknown> = JSON.parse(
      await readFile(join(userData, 'User', 'settings.json'), 'utf8'),
    );
    return settings;
  } catch {
    return {}; // none yet, or edited by hand into something else
  }
}

/** Installs a .vsix into the profile; the server must not run yet. */
export async function installVsix(serverFolder: string, profile: Profile, vsix: string): Promise<void> {
  await runCommand(
    process.execPath,
    ['out/server-main.js', ...profileFlags(profile), '--install-extension', vsix, '--force'],
    { cwd: serverFolder, quiet: true },
  );
}

/** Starts the VS Code server on a free port of the loopback interface and waits until it answers. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const child = spawn(
    process.execPath,
    [
      'out/server-main.js',
      '--accept-server-license-terms',
      ...(options.tokenFile === undefined
        ? ['--without-connection-token']
        : ['--connection-token-file', options.tokenFile]),
      '--host=127.0.0.1',
      '--port=0',
      ...(options.extensionTests === true ? ['--enable-smoke-test-driver'] : []),
      '--disable-telemetry',
      ...(options.restricted === true ? [] : ['--disable-workspace-trust']),
      ...profileFlags(options.profile),
    ],
    { cwd: options.serverFolder, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  endWithThisProcess(child);
  let output = '';
  const exited = once(child, 'exit').then(() => undefined);
  const port = new Promise<number>((resolve) => {
    const read = (text: string): void => {
      output += text;
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match !== null) resolve(Number(match[1]));
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill();
    await exited;
  };
  const failed = exited.then(() => {
    throw new Error(`The VS Code server ended at start:\n${output.slice(-4000)}`);
  });
  failed.catch(() => {});
  try {
    const listening = await Promise.race([port, failed, timeLimit('The VS Code server did not start')]);
    const response = await fetch(`http://127.0.0.1:${listening}/version`);
    if (!response.ok) throw new Error(`The VS Code server answered ${response.status} to /version.`);
    return { port: listening, output: () => output, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function profileFlags(profile: Profile): string[] {
  return [
    '--user-data-dir',
    profile.userData,
    '--extensions-dir',
    profile.extensions,
    '--server-data-dir',
    profile.serverData,
  ];
}

async function timeLimit(what: string): Promise<never> {
  await new Promise((resolve) => {
    setTimeout(resolve, startLimitMs).unref();
  });
  throw new Error(`${what} within ${startLimitMs / 1000} s.`);
}
