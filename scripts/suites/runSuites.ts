import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { createPackage } from '../packaging/vsix.ts';
import { outFolder } from '../paths.ts';
import { provisionBrowser } from '../vscode/browser.ts';
import { installedFolder } from '../vscode/installed.ts';
import { provisionServer } from '../vscode/provision.ts';
import type { SuiteResult } from './mochaResult.ts';
import type { SuiteName } from './suites.ts';
import { runSuite } from './suites.ts';

/** Makes what the suites need, runs them one after the other and adds up their counts. */
export async function runSuites(names: readonly SuiteName[]): Promise<SuiteResult> {
  const runnable = names.every((name) => name === 'unit') || (await prepare());
  let passed = 0;
  let failed = 0;
  for (const name of names) {
    const result = runnable || name === 'unit' ? await runSuite(name) : { passed: 0, failed: 1 };
    passed += result.passed;
    failed += result.failed;
  }
  return { passed, failed };
}

/** Prints the line that ends a run and ends the process. */
export function closeRun({ passed, failed }: SuiteResult): never {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** Builds and provisions for the suites in VS Code. Returns whether that worked; says what is missing if not. */
async function prepare(): Promise<boolean> {
  try {
    await runCommand(process.execPath, ['esbuild.mjs']);
    await createPackage(join(outFolder, 'tachyon-chat.vsix'));
    await rm(installedFolder, { recursive: true, force: true }); // of earlier packages
    await provisionServer();
    await provisionBrowser();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}
