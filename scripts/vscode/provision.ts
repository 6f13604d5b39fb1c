import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runCommand, runNpm } from '../command.ts';
import { vscodeTestFolder } from '../paths.ts';

/** The VS Code that tests and `npm start` run: the server and web workbench inside this npm package. */
const vscodeVersion = '1.139.1';
const packageSpec = 'code-server@4.139.1';
const packageIntegrity =
  'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';
const partialPrefix = 'partial-';

/**
 * Makes sure that the pinned VS Code server is there, and returns its folder.
 * The folder gets its name only when it is complete, so an interrupted run leaves nothing that looks whole.
 */
export async function provisionServer(): Promise<string> {
  const folder = join(vscodeTestFolder, `vscode-server-${vscodeVersion}`);
  if (existsSync(folder)) return folder;
  await mkdir(vscodeTestFolder, { recursive: true });
  await removeInterrupted();
  const partial = await mkdtemp(join(vscodeTestFolder, `${partialPrefix}${process.pid}-`));
  try {
    await downloadServer(partial);
    await rename(join(partial, 'server'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // else another run was faster
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function downloadServer(partial: string): Promise<void> {
  console.log(`Downloading VS Code ${vscodeVersion} (npm package ${packageSpec}) …`);
  await runNpm(['pack', packageSpec, '--pack-destination', partial, '--loglevel=error'], { quiet: true });
  const tarball = (await readdir(partial)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${packageSpec} left no file.`);
  await checkIntegrity(join(partial, tarball));
  console.log('Unpacking it and installing its packages …');
  const server = join(partial, 'server');
  await mkdir(server);
  await runCommand('tar', ['-xzf', join('..', tarball), '--strip-components=3', 'package/lib/vscode'], {
    cwd: server,
  });
  await runNpm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: server,
    quiet: true,
  });
}

async function checkIntegrity(file: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== packageIntegrity) {
    throw new Error(`${packageSpec} has integrity ${integrity}, but ${packageIntegrity} is pinned.`);
  }
}

async function removeInterrupted(): Promise<void> {
  for (const name of await readdir(vscodeTestFolder)) {
    const pid = /^partial-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(join(vscodeTestFolder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
