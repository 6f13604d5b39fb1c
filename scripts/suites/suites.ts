import { spawn } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { root } from '../paths.ts';
import { runIntegrationTests } from './integration.ts';
import type { SuiteResult } from './mochaResult.ts';
import { checkedResult } from './mochaResult.ts';

/** The suites of `npm test`, in the order they run. */
export const suites = {
  unit: () => runMocha(10_000, ['test/unit/**/*.test.ts']),
  integration: runIntegrationTests,
  e2e: () => runHalves(180_000, 'test/e2e/*.test.ts'),
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

/** Two processes with every second file each: a test in VS Code mostly waits. The second one's output comes last. */
async function runHalves(timeoutMs: number, pattern: string): Promise<SuiteResult> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) files.push(file);
  const half = (rest: number) => files.toSorted().filter((_, i) => i % 2 === rest);
  let later = '';
  const [first, second] = await Promise.all([
    runMocha(timeoutMs, half(0)),
    runMocha(timeoutMs, half(1), (text) => {
      later += text;
    }),
  ]);
  process.stdout.write(later);
  return { passed: first.passed + second.passed, failed: first.failed + second.failed };
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
