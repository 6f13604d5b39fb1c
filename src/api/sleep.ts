/** So late, in milliseconds, no timer comes while the machine is awake. */
const shortestSleep = 10_000;

/** Whether a timer that came `late` ms after its time was slept through: some clocks go on while the machine sleeps. */
export function wasSleptThrough(late: number): boolean {
  return late > shortestSleep;
}
