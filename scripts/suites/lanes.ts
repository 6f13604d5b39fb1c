import { repeatedTests, type SuiteResult } from './mochaResult.ts';

/** One run of tests that waits for a lane. */
export interface LaneRun {
  readonly title: string;
  /** Rejects if it ends before its tests do. What it prints goes to `print`. */
  start(print: (text: string) => void): Promise<SuiteResult>;
}

/**
 * Works the runs off in their order, so many at a time, and adds up their counts. The output of each comes when it has
 * ended, that of a single one at once. One that rejects, or has no test, counts as a failed test; the others go on. What
 * failed, or was tried twice, is told once more at the end, where it is found in a long log.
 */
export async function runInLanes(
  runs: readonly LaneRun[],
  lanes: number,
  print: (text: string) => void,
): Promise<SuiteResult> {
  let passed = 0;
  let failed = 0;
  const complaints: string[] = [];
  const waiting = runs.values();
  const work = async (): Promise<void> => {
    for (const run of waiting) {
      const result = await runAlone(run, print, runs.length === 1);
      passed += result.passed;
      failed += result.failed;
      complaints.push(...repeatedTests(result.output).map((line) => `\n${line}\n`));
      if (result.failed > 0) complaints.push(`\n== failed in ${run.title} ==\n${complaint(result.output)}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  for (const text of complaints) print(text);
  return { passed, failed };
}

interface EndedRun extends SuiteResult {
  readonly output: string;
}

async function runAlone(run: LaneRun, print: (text: string) => void, isLive: boolean): Promise<EndedRun> {
  const started = performance.now();
  let output = '';
  let result: SuiteResult = { passed: 0, failed: 0 };
  try {
    result = await run.start((text) => {
      output += text;
      if (isLive) print(text);
    });
    if (result.passed + result.failed === 0) throw new Error('There was no test.');
  } catch (error) {
    const reason = `\n${error instanceof Error ? error.message : String(error)}\n`;
    output += reason;
    if (isLive) print(reason);
    result = { passed: 0, failed: 1 };
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  const count = `\n== ${run.title}: ${result.passed} passed, ${result.failed} failed, ${seconds} s ==\n`;
  print(isLive ? count : output + count);
  return { ...result, output };
}

/** What mocha says about the tests that failed, or the end of a run that did not come that far. */
function complaint(output: string): string {
  const start = output.search(/^.*\d+ failing/m);
  return start === -1 ? output.slice(-2000) : output.slice(start);
}

/** The runs with the longest first; what nobody has measured before what is known. */
export function longestFirst<Run extends Pick<LaneRun, 'title'>>(
  runs: readonly Run[],
  seconds: Readonly<Record<string, number>>,
): Run[] {
  const length = ({ title }: Run): number => seconds[title] ?? Infinity;
  return runs.toSorted((a, b) => {
    const [first, second] = [length(a), length(b)];
    return first === second ? (a.title < b.title ? -1 : 1) : second - first;
  });
}
