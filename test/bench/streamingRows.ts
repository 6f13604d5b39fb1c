/** How late the timers of an extension host are, in milliseconds: what else it has to do waits as long. */
export interface HostDelays {
  readonly name: string;
  readonly median: number;
  /** The 95th percentile. */
  readonly high: number;
  readonly worst: number;
}

const mark = '@@delays ';

/** The rows as a line of output. */
export function markOf(rows: readonly HostDelays[]): string {
  return mark + JSON.stringify(rows);
}

/** The rows in what VS Code printed; throws if there are none. */
export function rowsIn(output: string): readonly HostDelays[] {
  const line = output.split('\n').find((each) => each.includes(mark));
  if (line === undefined) throw new Error('VS Code ended without a measurement.');
  return JSON.parse(line.slice(line.indexOf(mark) + mark.length));
}
