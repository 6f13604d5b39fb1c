import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from '../command.ts';

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsNames = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
];

/** Path of an installed Chromium, Chrome or Edge; `CHROME_PATH` wins. Throws if that names no file. */
function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env['CHROME_PATH'];
  if (chosen === undefined || chosen === '') return browserPlaces(env).find((file) => existsSync(file));
  if (!existsSync(chosen)) throw new Error(`CHROME_PATH names a file that is not there: ${chosen}`);
  return chosen;
}

function browserPlaces(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') {
    return ['/Applications', join(env['HOME'] ?? '', 'Applications')].flatMap((folder) =>
      macNames.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  if (process.platform === 'win32') {
    return [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].flatMap((folder) =>
      folder === undefined ? [] : windowsNames.map((name) => join(folder, name)),
    );
  }
  const folders = (env['PATH'] ?? '').split(delimiter);
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Makes sure that there is a browser to drive, and returns its path. It is installed only where that asks nobody's
 * password (root with apt-get: CI, containers); elsewhere an Error names the command to type.
 */
export async function provisionBrowser(): Promise<string> {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`No Chrome, Chromium or Edge was found. Install one and try again:\n  ${installHint()}`);
  }
  console.log('Installing Chromium with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['update'], { env, quiet: true });
  await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, quiet: true });
  const installed = findBrowser();
  if (installed === undefined) throw new Error('apt-get installed chromium, but it is not on the PATH.');
  return installed;
}

function installHint(): string {
  if (process.platform === 'darwin') return 'brew install --cask chromium';
  if (process.platform === 'win32') return 'winget install Google.Chrome';
  if (existsSync('/usr/bin/dnf')) return 'sudo dnf install chromium';
  if (existsSync('/usr/bin/pacman')) return 'sudo pacman -S chromium';
  return 'sudo apt-get update && sudo apt-get install chromium';
}
