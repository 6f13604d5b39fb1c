// npm run bench: measures what has to stay fast, prints a table and writes out/bench.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRow } from '../test/bench/measure.ts';
import { benchRooms } from '../test/bench/rooms.ts';
import { outFolder } from './paths.ts';

console.log('Making 10,000 chatrooms, and one of 5,000 turns …');
const rows = await benchRooms();
console.log(table(rows));
await mkdir(outFolder, { recursive: true });
await writeFile(
  join(outFolder, 'bench.json'),
  `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`,
);

function table(measured: readonly BenchRow[]): string {
  const lines = measured.map(({ name, milliseconds, floor, heap }) => [
    name,
    `${milliseconds.toFixed(1)} ms`,
    floor === undefined ? '' : `${floor.toFixed(1)} ms`,
    floor === undefined ? '' : (milliseconds / floor).toFixed(2),
    `${(heap / 1024 / 1024).toFixed(1)} MB`,
  ]);
  const all = [['', 'time', 'plain read', 'ratio', 'heap'], ...lines];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
