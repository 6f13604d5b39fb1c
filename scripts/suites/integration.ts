import { runTests } from '@vscode/test-electron';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createServer, developmentKey, developmentOperator } from '../../test/server/server.ts';
import { outFolder, root } from '../paths.ts';
import { createProfile } from '../vscode/server.ts';
import { sessionEnvironment } from '../vscode/session.ts';
import type { SuiteResult } from './mochaResult.ts';
import { checkedResult } from './mochaResult.ts';

/** An extension with a model of its own, which also uses ours. */
const otherExtension = join(root, 'test', 'integration', 'fixtures', 'otherModel');

/**
 * Runs the bundled integration tests in a real VS Code whose extension is connected to a local server. That VS Code is
 * the pinned server with a browser, or with `VSCODE_DESKTOP=1` the stable desktop build.
 */
export async function runIntegrationTests(print: (text: string) => void): Promise<SuiteResult> {
  const base = await mkdtemp(join(tmpdir(), 'tachyon-integration-'));
  const server = await createServer();
  try {
    const profile = await createProfile(join(base, 'profile'), {});
    const folder = join(base, 'workspace');
    await mkdir(folder);
    await cp(otherExtension, join(profile.extensions, 'tachyon-test.other-model-0.0.1'), { recursive: true });
    const { output, succeeded } = await runInVSCode({
      print,
      launchArgs: [folder, `--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`],
      env: sessionEnvironment({
        TACHYON_API_URL: server.url,
        TACHYON_API_KEY: developmentKey,
        TACHYON_TENANT_ID: developmentOperator,
      }),
    });
    return checkedResult(output, succeeded);
  } finally {
    await server.close();
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runInVSCode(options: {
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
    extensionTestsPath: join(outFolder, 'test', 'integration', 'index.cjs'),
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
