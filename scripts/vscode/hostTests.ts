import { runTests } from '@vscode/test-electron';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { outFolder, root } from '../paths.ts';

/** Runs what `tests` exports as `run` in the extension host of a real VS Code; with `VSCODE_DESKTOP=1` the desktop build. */
export async function runInVSCode(options: {
  /** A bundle, for VS Code reads no TypeScript. */
  readonly tests: string;
  readonly print: (text: string) => void;
  readonly launchArgs: string[];
  readonly env: NodeJS.ProcessEnv;
}): Promise<{ output: string; succeeded: boolean }> {
  let output = '';
  const echo = (): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        const text = chunk.toString();
        output += text;
        options.print(text);
        done();
      },
    });
  const desktop = process.env['VSCODE_DESKTOP'] === '1';
  const code = await runTests({
    ...(desktop ? { version: 'stable' } : { vscodeExecutablePath: await writeLauncher() }),
    extensionDevelopmentPath: root,
    extensionTestsPath: options.tests,
    launchArgs: options.launchArgs,
    extensionTestsEnv: options.env,
    stdout: echo(),
    stderr: echo(),
  }).catch(() => 1);
  return { output, succeeded: code === 0 };
}

/** test-electron spawns one file without arguments of ours, so the launcher gets a shell or batch file round it. */
async function writeLauncher(): Promise<string> {
  const script = join(root, 'scripts', 'vscode', 'launcher.ts');
  const windows = process.platform === 'win32';
  const file = join(outFolder, windows ? 'vscode-launcher.cmd' : 'vscode-launcher');
  const text = windows
    ? `@"${process.execPath}" "${script}" %*\r\n`
    : `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`;
  await mkdir(outFolder, { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}
