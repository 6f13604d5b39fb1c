import type { SuiteResult } from './mochaResult.ts';

/** One run of tests that waits for a lane. Rejects if it ends before its tests do. */
export type LaneRun = () => Promise<SuiteResult>;

/**
 * Works the runs off in their order, so many at a time, and adds up their counts. One that rejects counts as a failed
 * test and is told; the others go on.
 */
export async function runInLanes(
  runs: readonly LaneRun[],
  lanes: number,
  tell: (error: unknown) => void,
): Promise<SuiteResult> {
  let passed = 0;
  let failed = 0;
  const waiting = runs.values();
  const work = async (): Promise<void> => {
    for (const run of waiting) {
      try {
        const result = await run();
        passed += result.passed;
        failed += result.failed;
      } catch (error) {
        tell(error);
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return { passed, failed };
}

/** The paths with the longest first: those that `longest` does not name, then the named ones in its order. */
export function longestFirst(paths: readonly string[], longest: readonly string[]): string[] {
  const place = (path: string): number => longest.findIndex((name) => path.endsWith(name));
  return paths.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
