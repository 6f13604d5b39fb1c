import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.ts';

/** A package by its exact version. */
export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** A package that has advisories for years: a registry that does not name it knows of none at all. */
const control: PackageVersion = { name: 'minimist', version: '0.0.8' };

/** The packages inside the extension that was built last, as its notices list them. */
export async function bundledPackages(): Promise<PackageVersion[]> {
  const notices = await readFile(join(root, 'dist', 'ThirdPartyNotices.txt'), 'utf8');
  const list = notices.split('\n\n')[1] ?? '';
  return [...list.matchAll(/^(\S+) (\d\S*): /gm)].map(([, name = '', version = '']) => ({ name, version }));
}

/**
 * What npm's registry advises against some packages, a line each. Throws if it cannot be told: an audit that npm calls
 * clean may only mean that the registry knows no advisories. `registry` is another one than npm is set to.
 */
export async function findAdvisories(
  packages: readonly PackageVersion[],
  registry?: string,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tachyon-audit-'));
  try {
    const all = [...packages, control];
    const dependencies = Object.fromEntries(all.map(({ name, version }) => [name, version]));
    const installed = all.map(({ name, version }) => [`node_modules/${name}`, { version }]);
    const lock = { lockfileVersion: 3, packages: { '': { dependencies }, ...Object.fromEntries(installed) } };
    await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies }));
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const found = readReport(await audit(folder, registry));
    if (!found.some(({ name }) => name === control.name))
      throw new Error('The registry knows no advisories.');
    return found.flatMap(({ name, texts }) => (name === control.name ? [] : texts));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `npm audit` prints; it also fails where it has found something. */
async function audit(folder: string, registry: string | undefined): Promise<string> {
  const flags = registry === undefined ? [] : [`--registry=${registry}`];
  const child = spawn('npm', ['audit', '--json', '--package-lock-only', '--fetch-retries=0', ...flags], {
    cwd: folder,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return output;
}

function readReport(output: string): { name: string; texts: string[] }[] {
  let report: { vulnerabilities?: Record<string, { via: unknown[] }>; message?: string } = {};
  try {
    report = JSON.parse(output);
  } catch {
    // Told below.
  }
  const { vulnerabilities, message = 'npm audit gave no report' } = report;
  if (vulnerabilities === undefined) throw new Error(`Nobody can tell: ${message}.`);
  return Object.entries(vulnerabilities).map(([name, { via }]) => ({
    name,
    texts: via.map((cause) =>
      typeof cause === 'object' && cause !== null && 'title' in cause && 'url' in cause
        ? `${name}: ${String(cause.title)} (${String(cause.url)})`
        : `${name}: by ${String(cause)}`,
    ),
  }));
}
