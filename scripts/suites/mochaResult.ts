import { stripVTControlCharacters } from 'node:util';

/** How many tests of a suite passed and failed. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
}

const marker = '@@mocha';

/** The line by which a mocha run tells its counts to the process that started it. */
export function resultLine(stats: { passes: number; failures: number } | undefined): string {
  return `${marker} ${JSON.stringify({ passed: stats?.passes ?? 0, failed: stats?.failures ?? 0 })}`;
}

const repeatedMarker = '@@again';

/** The line by which a mocha run tells of a test that failed at first and was tried again, and where it failed. */
export function repeatedLine(title: string, { message, stack = '' }: Error): string {
  const places = stack.split('\n').filter((line) => /^ +at .*[/\\]test[/\\]/.test(line));
  const told = stripVTControlCharacters([message, ...places].join(' ')).replaceAll(/\s+/g, ' ');
  return `${repeatedMarker} ${title}: ${told}`;
}

/** Those lines in what a run printed. */
export function repeatedTests(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith(repeatedMarker));
}

function parseResult(output: string): SuiteResult | undefined {
  const found = new RegExp(`${marker} {"passed":(\\d+),"failed":(\\d+)}`).exec(output);
  return found === null ? undefined : { passed: Number(found[1]), failed: Number(found[2]) };
}

/** The counts that a run printed. Throws if it died, or failed in another way than by its tests. */
export function checkedResult(output: string, succeeded: boolean): SuiteResult {
  const result = parseResult(output);
  if (result === undefined) throw new Error('The run ended before its tests did.');
  if (!succeeded && result.failed === 0) throw new Error('All tests passed, but the run failed.');
  return result;
}
