import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createProfile } from '../vscode/server.ts';
import type { SessionOptions } from '../vscode/session.ts';
import { quietSettings, sessionEnvironment } from '../vscode/session.ts';

/** Path of the desktop VS Code's command, or undefined where there is none. */
export function findDesktop(env: NodeJS.ProcessEnv = process.env): string | undefined {
  // Inside a remote window's terminal, `code` only talks to that window.
  if (env['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

/** Opens a desktop window with a profile of its own and waits until it is closed. */
export async function runDesktop(code: string, options: SessionOptions, folder: string): Promise<void> {
  const profile = await createProfile(options.profileFolder, { ...quietSettings, ...options.settings });
  const flags = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  const env = sessionEnvironment(options.env);
  for (const extension of options.extensions) {
    await runCode(code, [...flags, '--install-extension', extension, '--force'], env);
  }
  await runCode(code, [...flags, '--disable-workspace-trust', '--new-window', '--wait', folder], env);
}

async function runCode(code: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const windows = process.platform === 'win32'; // a batch file needs a shell, and the shell quotes
  const child = spawn(windows ? `"${code}"` : code, windows ? args.map((arg) => `"${arg}"`) : args, {
    env,
    shell: windows,
    stdio: 'inherit',
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (exitCode !== 0) throw new Error(`VS Code (${code}) ended with code ${exitCode}.`);
}
