import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { createPackage } from '../packaging/vsix.ts';
import { outFolder } from '../paths.ts';
import { provisionBrowser } from '../vscode/browser.ts';
import { installedFolder } from '../vscode/installed.ts';
import { provisionServer } from '../vscode/provision.ts';
import { longestFirst, runInLanes } from './lanes.ts';
import { measuredSeconds } from './measuredSeconds.ts';
import type { SuiteResult } from './mochaResult.ts';
import type { SuiteName } from './suites.ts';
import { suites } from './suites.ts';

/** Runs at a time: a test in VS Code needs a whole processor while that starts, and then mostly waits. */
const lanes = 2;

/** Makes what the suites need, runs them and adds up their counts. */
export async function runSuites(names: readonly SuiteName[]): Promise<SuiteResult> {
  const runnable = names.every((name) => name === 'unit') || (await prepare());
  const wanted = runnable ? names : names.filter((name) => name === 'unit');
  const runs = (await Promise.all(wanted.map((name) => suites[name]()))).flat();
  const { passed, failed } = await runInLanes(longestFirst(runs, measuredSeconds), lanes, (text) => {
    process.stdout.write(text);
  });
  // A suite that cannot run counts as a failed test.
  return { passed, failed: failed + names.length - wanted.length };
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
