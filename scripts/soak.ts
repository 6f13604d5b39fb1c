// npm run soak [-- --prompts 2000]: asks prompts with faults. Exit code 1 if one is lost, if the heap grows by more than
// 2 MB after the first hundred, or if a socket, a timer or a listener stays.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createNodeFileStore } from '../test/bench/nodeFileStore.ts';
import { soak } from '../test/soak/soak.ts';
import { exitOnSignals } from './lifetime.ts';

const mostGrowth = 2 * 1024 * 1024;
exitOnSignals();
const { values } = parseArgs({ options: { prompts: { type: 'string', default: '2000' } } });
const folder = await mkdtemp(join(tmpdir(), 'tachyon-soak-'));
const files = (name: string) => createNodeFileStore(join(folder, name));
const { prompts, failed, lost, heaps, left } = await soak(Number(values.prompts), files);
await rm(folder, { recursive: true, force: true });
const megabytes = heaps.map((bytes) => (bytes / 1024 / 1024).toFixed(1));
const growth = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
console.log(`${prompts} prompts; ended with an error: ${JSON.stringify(failed)}`);
console.log(`Lost: ${lost.length === 0 ? 'none' : lost.join(', ')}`);
console.log(`Heap after each hundred, in MB: ${megabytes.join(' ')}`);
console.log(`After the first hundred it grew by ${(growth / 1024 / 1024).toFixed(2)} MB.`);
console.log(`Left open: ${left.length === 0 ? 'nothing' : left.join(', ')}`);
process.exitCode = lost.length > 0 || left.length > 0 || growth > mostGrowth ? 1 : 0;
