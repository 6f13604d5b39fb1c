import { spawn } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { root } from '../paths.ts';
import { runIntegrationTests } from './integration.ts';
import { endToEndOrder } from './endToEndOrder.ts';
import { longestFirst, runInLanes } from './lanes.ts';
import type { SuiteResult } from './mochaResult.ts';
import { checkedResult } from './mochaResult.ts';

/** The suites of `npm test`, in the order they run. */
export const suites = {
  unit: () => runMocha(10_000, ['test/unit/**/*.test.ts']),
  webview: () => runMocha(60_000, ['test/webview/**/*.test.ts']),
  integration: runIntegrationTests,
  e2e: () => runFiles(180_000, 'test/e2e/*.test.ts'),
} as const satisfies Record<string, () => Promise<SuiteResult>>;

export type SuiteName = keyof typeof suites;

/** Whether the name is one of a suite. */
export function isSuiteName(name: string): name is SuiteName {
  return Object.hasOwn(suites, name);
}

/** Runs a suite. One that cannot run, or has no test, counts as a failed test. */
export async function runSuite(name: SuiteName): Promise<SuiteResult> {
  console.log(`\n== ${name} ==`);
  try {
    const result = await suites[name]();
    if (result.passed + result.failed > 0) return result;
    console.error(`The ${name} suite ran no test.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return { passed: 0, failed: 1 };
}

/** A process for each file, two at a time: a test in VS Code mostly waits. A file's output comes when it has ended. */
async function runFiles(timeoutMs: number, pattern: string): Promise<SuiteResult> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) files.push(file);
  const runs = longestFirst(files, endToEndOrder).map((file) => () => runFile(timeoutMs, file));
  return runInLanes(runs, 2, (error) => console.error(error instanceof Error ? error.message : error));
}

async function runFile(timeoutMs: number, file: string): Promise<SuiteResult> {
  const started = performance.now();
  let output = '';
  try {
    return await runMocha(timeoutMs, [file], (text) => {
      output += text;
    });
  } finally {
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(`\n${file} (${seconds} s)\n${output}`);
  }
}

async function runMocha(
  timeoutMs: number,
  patterns: readonly string[],
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<SuiteResult> {
  const child = spawn(process.execPath, ['scripts/suites/runMocha.ts', String(timeoutMs), ...patterns], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'], // its standard input tells it that we are still there
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    print(text);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return checkedResult(output, code === 0);
}
