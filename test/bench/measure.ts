/** A measured row of the bench: milliseconds are medians. */
export interface BenchRow {
  readonly name: string;
  readonly milliseconds: number;
  /** A plain loop over the same files in the same run, in milliseconds; missing: there is nothing to compare with. */
  readonly floor?: number;
  /** Bytes that the work added to the heap at its highest, garbage included. */
  readonly heap: number;
}

/** What one row measures. */
export interface BenchCase {
  readonly name: string;
  readonly runs: number;
  readonly work: () => Promise<unknown>;
  readonly floor?: () => Promise<unknown>;
}

/** Runs a case and its floor in turn, so that both meet the same state of the machine. */
export async function measure({ name, runs, work, floor }: BenchCase): Promise<BenchRow> {
  const times: number[] = [];
  const floors: number[] = [];
  let heap = 0;
  for (let run = 0; run < runs; run += 1) {
    if (floor) floors.push((await timed(floor)).milliseconds);
    const measured = await timed(work);
    times.push(measured.milliseconds);
    heap = Math.max(heap, measured.heap);
  }
  return { name, milliseconds: median(times), heap, ...(floor && { floor: median(floors) }) };
}

async function timed(work: () => Promise<unknown>): Promise<{ milliseconds: number; heap: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let highest = before;
  const sampler = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().heapUsed);
  }, 5);
  const start = performance.now();
  await work();
  const milliseconds = performance.now() - start;
  clearInterval(sampler);
  return { milliseconds, heap: Math.max(highest, process.memoryUsage().heapUsed) - before };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
