import assert from 'node:assert/strict';
import type { ConnectionKind } from '../../../../src/api/connection.ts';
import { createServer } from '../../../server/server.ts';
import { startRelay } from '../../../support/relay.ts';
import { runCell } from './cell.ts';
import { type DoorName, doorNames } from './doors.ts';
import { cuts, type Fault, firstFaults, otherFaults, statuses } from './faults.ts';
import { keeperOf, type Line } from './world.ts';

const fewCuts = cuts.filter((_, i) => i % 5 === 4);

/** Tachyon keeps the prompts of all doors; of the others only their streams and local chatrooms differ. */
const places: readonly [ConnectionKind, readonly DoorName[], readonly Fault[]][] = [
  ['tachyon', doorNames, cuts],
  ['openai', doorNames, fewCuts],
  ['atoma', ['participant', 'quickOnce'], fewCuts],
  ['openai-compatible', ['participant', 'quickOnce'], fewCuts],
];

describe('the fault matrix', () => {
  let line: Line;
  const counts = new Map<DoorName, number>();
  before(async () => {
    // It is another machine: a clock that is off here is not off there.
    const { now } = Date;
    const server = await createServer({ now });
    line = { server, relay: await startRelay(server.url) };
  });
  after(async () => {
    await line.relay.stop();
    await line.server.close();
    const all = [...cuts, ...statuses, ...otherFaults, ...firstFaults];
    const cells = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const each = [...counts].map(([door, count]) => `${door} ${count}`).join(', ');
    console.log(`    ${all.length} faults, ${cells} cells: ${each}`);
  });

  for (const [kind, doors, cutsThere] of places) {
    for (const door of doors) {
      const groups = {
        cuts: cutsThere,
        'statuses that pass': statuses,
        'other faults': otherFaults,
        // Only there a request makes the room.
        ...(kind === 'tachyon' && door !== 'quickOnce' && { 'faults of a first prompt': firstFaults }),
      };
      const keeper = keeperOf({ kind, door });
      for (const [group, all] of Object.entries(groups)) {
        const faults = all.filter(({ keepers }) => keepers?.includes(keeper) !== false);
        it(`loses nothing to ${group}: ${kind}, ${door}`, async () => {
          for (const fault of faults) {
            try {
              await runCell(fault, { door, kind }, line, `${kind} ${door} ${fault.name}`);
            } catch (error) {
              throw new Error(`${fault.name}: ${String(error)}`, { cause: error });
            }
            counts.set(door, (counts.get(door) ?? 0) + 1);
          }
        }).timeout(30_000);
      }
    }
  }

  it('has tried every fault at every door', () => {
    const least = fewCuts.length + statuses.length + otherFaults.length;
    for (const door of doorNames) assert.ok((counts.get(door) ?? 0) >= 2 * least, door);
  });
});
