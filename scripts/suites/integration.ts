import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, developmentKey, developmentOperator } from '../../test/server/server.ts';
import { outFolder, root } from '../paths.ts';
import { runInVSCode } from '../vscode/hostTests.ts';
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
      tests: join(outFolder, 'test', 'integration', 'index.cjs'),
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
