// npm run fuzz [-- --minutes 10] [--seed 1]: feeds mutated streams, JSON, messages, files and settings to what reads them.
// Exit code 1 for an error, a case that takes longer than 10 s or more than 512 MB.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { FuzzProgress } from '../test/fuzz/worker.ts';

const longestCaseMs = 10_000;
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
});
const worker = new Worker(new URL('../test/fuzz/worker.ts', import.meta.url), {
  workerData: { seed: Number(values.seed) },
  resourceLimits: { maxOldGenerationSizeMb: 512 },
});
const counts = new Map<string, number>();
const slowest = new Map<string, number>();
let running: FuzzProgress | undefined;
let since = performance.now();
let highest = 0;

worker.on('message', (next: FuzzProgress) => {
  const now = performance.now();
  if (running) slowest.set(running.target, Math.max(slowest.get(running.target) ?? 0, now - since));
  [running, since] = [next, now];
  counts.set(next.target, (counts.get(next.target) ?? 0) + 1);
});
worker.on('error', (error) => {
  console.error(error, error instanceof Error ? error.cause : '');
  finish(`failed at ${whichCase()}`);
});
const watch = setInterval(() => {
  highest = Math.max(highest, process.memoryUsage().rss);
  if (performance.now() - since > longestCaseMs) finish(`does not end: ${whichCase()}`);
}, 500);
const end = setTimeout(() => finish(undefined), Number(values.minutes) * 60_000);

function whichCase(): string {
  return `${running?.target ?? 'the start'}, seed ${running?.seed ?? '?'}`;
}

function finish(problem: string | undefined): void {
  clearInterval(watch);
  clearTimeout(end);
  for (const [target, count] of counts) {
    const slow = (slowest.get(target) ?? 0).toFixed(0);
    console.log(`${target.padEnd(24)} ${String(count).padStart(9)} cases, the slowest ${slow} ms`);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${total} cases, at most ${(highest / 1024 / 1024).toFixed(0)} MB in memory`);
  if (problem !== undefined) console.error(problem);
  void worker.terminate().then(() => process.exit(problem === undefined ? 0 : 1));
}
