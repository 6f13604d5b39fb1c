import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { outFolder, root } from '../../scripts/paths.ts';
import { runInVSCode } from '../../scripts/vscode/hostTests.ts';
import { createProfile } from '../../scripts/vscode/server.ts';
import { sessionEnvironment } from '../../scripts/vscode/session.ts';
import { type HostDelays, rowsIn } from './streamingRows.ts';

/** Streams an answer into a file of 5,000 lines in a real VS Code, and measures its extension host beside one at rest. */
export async function benchStreaming(): Promise<readonly HostDelays[]> {
  const base = await mkdtemp(join(tmpdir(), 'tachyon-streaming-'));
  const tests = join(outFolder, 'bench', 'streaming.cjs');
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['test/bench/streamingHost.ts'],
      outfile: tests,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node22',
      external: ['vscode'],
      logLevel: 'warning',
    });
    const profile = await createProfile(join(base, 'profile'), { 'files.autoSave': 'off' });
    const folder = join(base, 'workspace');
    await mkdir(folder);
    const { output } = await runInVSCode({
      print: () => undefined,
      tests,
      launchArgs: [folder, `--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`],
      env: sessionEnvironment(),
    });
    return rowsIn(output);
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }
}
