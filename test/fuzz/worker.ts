import { parentPort, workerData } from 'node:worker_threads';
import { startConversationTarget } from './conversationTarget.ts';
import { fileTargets } from './fileTargets.ts';
import { runCase } from './fuzz.ts';
import { panelTargets } from './panelTargets.ts';
import { wireTargets } from './wireTargets.ts';

/** What the thread tells before each case, so that one that never ends is known. */
export interface FuzzProgress {
  readonly target: string;
  readonly seed: number;
}

// A thread of its own: whoever started it ends it when a case does not end.
const { seed: first }: { seed: number } = workerData;
const { target: conversation } = await startConversationTarget();
const targets = [...wireTargets, ...fileTargets, ...panelTargets];
for (let seed = first; ; seed += 1) {
  for (const target of [...targets, ...(seed % 10 === 0 ? [conversation] : [])]) {
    parentPort?.postMessage({ target: target.name, seed } satisfies FuzzProgress);
    await runCase(target, seed);
  }
  // The sockets get their turn.
  await new Promise((resolve) => setImmediate(resolve));
}
