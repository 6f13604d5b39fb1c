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
import type { LaneRun } from './lanes.ts';
import type { SuiteResult } from './mochaResult.ts';
import type { SuiteName } from './suites.ts';
import { suites } from './suites.ts';

/** Runs at a time: a test in VS Code needs a whole processor while that starts, and then mostly waits. */
const lanes = 2;

/** Runs the suites and adds up their counts. What they need is made meanwhile: those that need less begin first. */
export async function runSuites(names: readonly SuiteName[]): Promise<SuiteResult> {
  // Node keeps there what it has compiled: the many processes of a run load the same files.
  process.env['NODE_COMPILE_CACHE'] = join(outFolder, 'compiled');
  const needs = provisions();
  const runsOf = async (name: SuiteName): Promise<LaneRun[]> => {
    const ready = needs[name]();
    ready.catch(() => {}); // each run that waits for it tells what is missing
    return (await suites[name]()).map((run) => ({
      title: run.title,
      start: async (print) => {
        await ready;
        return run.start(print);
      },
    }));
  };
  const inVSCode = names.filter((name) => needs[name] === needs.e2e);
  const others = names.filter((name) => !inVSCode.includes(name));
  const runs = [
    ...(await Promise.all(others.map(runsOf))).flat(),
    ...longestFirst((await Promise.all(inVSCode.map(runsOf))).flat(), measuredSeconds),
  ];
  return runInLanes(runs, lanes, (text) => {
    process.stdout.write(text);
  });
}

/** Prints the line that ends a run and ends the process. */
export function closeRun({ passed, failed }: SuiteResult): never {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** What the suites wait for, beside what npm has installed; each is made once. */
function provisions(): Record<SuiteName, () => Promise<unknown>> {
  let browser: Promise<unknown> | undefined;
  let vscode: Promise<unknown> | undefined;
  const provideBrowser = (): Promise<unknown> => (browser ??= provisionBrowser());
  const provideVSCode = (): Promise<unknown> =>
    (vscode ??= Promise.all([provideBrowser(), buildAndProvision()]));
  return {
    unit: async () => {},
    webview: provideBrowser,
    integration: provideVSCode,
    e2e: provideVSCode,
  };
}

async function buildAndProvision(): Promise<void> {
  await runCommand(process.execPath, ['esbuild.mjs']);
  await createPackage(join(outFolder, 'tachyon-chat.vsix'));
  await rm(installedFolder, { recursive: true, force: true }); // of earlier packages
  await provisionServer();
}
