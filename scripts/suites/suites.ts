import { spawn } from 'node:child_process';
import { root } from '../paths.ts';
import { endToEndRuns, nameOf } from './endToEndRuns.ts';
import { runIntegrationTests } from './integration.ts';
import type { LaneRun } from './lanes.ts';
import type { SuiteResult } from './mochaResult.ts';
import { checkedResult } from './mochaResult.ts';

/** VS Code's own timing can make a journey fail; one that fails twice is broken, and one that fails once is told. */
const journey = { timeoutMs: 180_000, retries: 1 };

/** The suites of `npm test`, each as what of it can run beside the rest. */
export const suites = {
  unit: async () => [mochaRun('unit', { timeoutMs: 10_000, retries: 0 }, ['test/unit/**/*.test.ts'])],
  webview: async () => [
    mochaRun('webview', { timeoutMs: 60_000, retries: 0 }, ['test/webview/**/*.test.ts']),
  ],
  integration: async () => [{ title: 'integration', start: runIntegrationTests }],
  e2e: async () => {
    const runs = await endToEndRuns();
    return runs.map((files) => mochaRun(`e2e ${files.map(nameOf).join(', ')}`, journey, files));
  },
} as const satisfies Record<string, () => Promise<LaneRun[]>>;

export type SuiteName = keyof typeof suites;

/** Whether the name is one of a suite. */
export function isSuiteName(name: string): name is SuiteName {
  return Object.hasOwn(suites, name);
}

interface MochaOptions {
  readonly timeoutMs: number;
  readonly retries: number;
}

/** A process of its own for the files. */
function mochaRun(title: string, options: MochaOptions, patterns: readonly string[]): LaneRun {
  return { title, start: (print) => runMocha(options, patterns, print) };
}

async function runMocha(
  { timeoutMs, retries }: MochaOptions,
  patterns: readonly string[],
  print: (text: string) => void,
): Promise<SuiteResult> {
  const child = spawn(
    process.execPath,
    ['scripts/suites/runMocha.ts', String(timeoutMs), String(retries), ...patterns],
    {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'], // its standard input tells it that we are still there
    },
  );
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
