// npm run bench [-- --only rooms|rendering|typing|streaming|stopping]: measures what has to stay fast, prints tables, writes out/bench.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchRow } from '../test/bench/measure.ts';
import { benchRendering } from '../test/bench/rendering.ts';
import type { RenderingRow } from '../test/bench/rendering.ts';
import { benchRooms } from '../test/bench/rooms.ts';
import { benchStreaming } from '../test/bench/streaming.ts';
import { benchStopping } from '../test/bench/stopping.ts';
import type { StopTimes } from '../test/bench/stopping.ts';
import type { HostDelays } from '../test/bench/streamingRows.ts';
import { benchTyping } from '../test/bench/typing.ts';
import type { TypingRow } from '../test/bench/typing.ts';
import { exitOnSignals } from './lifetime.ts';
import { outFolder } from './paths.ts';

exitOnSignals(); // or the browser would stay
const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const parts = ['rooms', 'rendering', 'typing', 'streaming', 'stopping'];
if (only !== undefined && !parts.includes(only)) {
  console.error(`--only takes one of: ${parts.join(', ')}`);
  process.exit(1);
}
const isWanted = (part: string): boolean => only === undefined || only === part;
const measured: {
  rows?: readonly BenchRow[];
  rendering?: readonly RenderingRow[];
  typing?: readonly TypingRow[];
  streaming?: readonly HostDelays[];
  stopping?: readonly StopTimes[];
} = {};
if (isWanted('rooms')) {
  console.log('Making 10,000 chatrooms, and one of 5,000 turns …');
  measured.rows = await benchRooms();
  console.log(roomTable(measured.rows));
}
if (isWanted('rendering')) {
  console.log('Rendering answers of 25, 100 and 400 KB in Chromium, 64 characters a frame …');
  measured.rendering = await benchRendering();
  console.log(renderingTable(measured.rendering));
}
if (isWanted('typing')) {
  console.log('Typing into the composer of a room of 2,000 messages …');
  measured.typing = await benchTyping();
  console.log(typingTable(measured.typing));
}
if (isWanted('streaming')) {
  console.log('Streaming into a file of 5,000 lines in VS Code …');
  measured.streaming = await benchStreaming();
  console.log(delayTable(measured.streaming));
}
if (isWanted('stopping')) {
  console.log('Stopping prompts in each of their states …');
  measured.stopping = await benchStopping();
  console.log(stopTable(measured.stopping));
}
await mkdir(outFolder, { recursive: true });
await writeFile(
  join(outFolder, 'bench.json'),
  `${JSON.stringify({ node: process.version, ...measured }, null, 2)}\n`,
);

function roomTable(rows: readonly BenchRow[]): string {
  const lines = rows.map(({ name, milliseconds, floor, heap }) => [
    name,
    `${milliseconds.toFixed(1)} ms`,
    floor === undefined ? '' : `${floor.toFixed(1)} ms`,
    floor === undefined ? '' : (milliseconds / floor).toFixed(2),
    `${(heap / 1024 / 1024).toFixed(1)} MB`,
  ]);
  return table([['', 'time', 'plain read', 'ratio', 'heap'], ...lines]);
}

function renderingTable(rows: readonly RenderingRow[]): string {
  const lines = rows.map(({ name, length, frame, ratio, worstFrame, idle, longTasks }) => [
    `${name}, ${length / 1000} KB`,
    `${frame.toFixed(3)} ms`,
    ratio.toFixed(2),
    `${worstFrame.toFixed(1)} ms`,
    `${idle.toFixed(0)} ms`,
    String(longTasks),
  ]);
  return table([['', 'frame', 'ratio to plain', 'worst frame', 'idle time', 'tasks > 50 ms'], ...lines]);
}

function typingTable(rows: readonly TypingRow[]): string {
  const lines = rows.map(({ name, median, high, worst, ratio }) => [
    name,
    `${median.toFixed(1)} ms`,
    `${high.toFixed(1)} ms`,
    `${worst.toFixed(1)} ms`,
    ratio.toFixed(2),
  ]);
  return table([['key to frame', 'median', '95 %', 'worst', 'ratio to pixel'], ...lines]);
}

function delayTable(rows: readonly HostDelays[]): string {
  const lines = rows.map(({ name, median, high, worst }) => [
    name,
    `${median.toFixed(1)} ms`,
    `${high.toFixed(1)} ms`,
    `${worst.toFixed(1)} ms`,
  ]);
  return table([['event loop of the extension host', 'median', '95 %', 'worst'], ...lines]);
}

function stopTable(rows: readonly StopTimes[]): string {
  const lines = rows.map(({ name, free, worstFree, closed, worstClosed }) => [
    name,
    ...[free, worstFree, closed, worstClosed].map((time) =>
      time === undefined ? '' : `${time.toFixed(1)} ms`,
    ),
  ]);
  return table([['stop in the state', 'door free', 'worst', 'connection closed', 'worst'], ...lines]);
}

function table(lines: readonly (readonly string[])[]): string {
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
