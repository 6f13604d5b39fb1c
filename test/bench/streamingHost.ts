import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { StreamedText } from '../../src/host/quickPrompts/sinks/streamedText.ts';
import { type HostDelays, markOf } from './streamingRows.ts';

const lines = 5000;
const phaseMs = 5000;
/** 1,000 deltas a second, in the batches in which a socket brings them. */
const batchMs = 10;
const deltas = Array.from({ length: 10 }, (_, at) => (at === 9 ? 'of words\n' : 'some more '));

/** Called in the extension host: measures how late its timers are, at rest and while an answer streams into a file. */
export async function run(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const file = join(folder, 'large.txt');
  await writeFile(file, 'As it was, and as it is to be again after one undo.\n'.repeat(lines));
  const { document } = await vscode.window.showTextDocument(vscode.Uri.file(file));
  // What VS Code does for a file that it has just opened is over by then.
  await pause(phaseMs);
  const rest = await measure('editor at rest', () => pause(phaseMs));
  const streaming = await measure('1,000 deltas a second', async () => {
    const stream = new StreamedText(document, document.offsetAt(new vscode.Position(lines / 2, 0)));
    for (const end = performance.now() + phaseMs; performance.now() < end; await pause(batchMs))
      for (const delta of deltas) stream.push(delta);
    await stream.finish();
    stream.dispose();
  });
  console.log(markOf([rest, streaming]));
}

async function measure(name: string, work: () => Promise<unknown>): Promise<HostDelays> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await work();
  delays.disable();
  const at = (percentile: number): number => delays.percentile(percentile) / 1e6;
  return { name, median: at(50), high: at(95), worst: delays.max / 1e6 };
}
