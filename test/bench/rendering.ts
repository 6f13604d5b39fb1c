import { launchBrowser } from '../../scripts/vscode/session.ts';
import { openPage } from '../support/page/openPage.ts';
import { longAnswer } from './renderingTexts.ts';
import type { RenderingRun } from './renderingPage.ts';

/** How a renderer did with an answer that grows by 16 pieces of 4 characters a frame. Times in milliseconds. */
export interface RenderingRow {
  readonly name: string;
  /** Characters of the answer. */
  readonly length: number;
  /** Median of the runs: a frame on average, its layout included. */
  readonly frame: number;
  /** `frame`, divided by that of plain text in the same runs. */
  readonly ratio: number;
  readonly worstFrame: number;
  /** Work in idle time for the whole answer, such as colours. */
  readonly idle: number;
  /** Tasks of more than 50 ms, in all runs. */
  readonly longTasks: number;
  readonly runs: number;
}

const renderers = ['plain', 'ours', 'streamdown', 'naive'] as const;
const lengths: readonly (readonly [length: number, runs: number])[] = [
  [25_000, 5],
  [100_000, 3],
  [400_000, 1],
];
/** Frames of the naive renderer that are rendered: all of them would take minutes. */
const naiveSamples = 12;

/** Measures in a real Chromium, each renderer in turn, so that all meet the same state of the machine. */
export async function benchRendering(): Promise<RenderingRow[]> {
  const browser = await launchBrowser();
  const opened = await openPage(browser, {
    entry: 'test/bench/renderingPage.ts',
    styles: ['media/markdown.css'],
    isUnprotected: true, // what others make of HTML needs no Trusted Types
  });
  try {
    const rows: RenderingRow[] = [];
    for (const [length, count] of lengths) {
      const text = longAnswer(length);
      const runs = new Map<string, RenderingRun[]>(renderers.map((name) => [name, []]));
      for (let run = 0; run < count; run += 1) {
        for (const name of renderers) {
          const samples = name === 'naive' ? naiveSamples : undefined;
          const measured = await opened.page.evaluate(
            ([renderer, answer, only]) => rendering.run(renderer, answer, only),
            [name, text, samples] as const,
          );
          runs.get(name)?.push(measured);
        }
      }
      const floor = median((runs.get('plain') ?? []).map(frameOf));
      for (const [name, all] of runs) rows.push(row(name, length, all, floor));
    }
    return rows;
  } finally {
    await opened.close();
    await browser.close();
  }
}

function row(name: string, length: number, runs: readonly RenderingRun[], floor: number): RenderingRow {
  const frame = median(runs.map(frameOf));
  return {
    name,
    length,
    frame,
    ratio: frame / floor,
    worstFrame: Math.max(...runs.flatMap(({ frames }) => frames)),
    idle: median(runs.map(({ idle }) => idle)),
    longTasks: runs.reduce((sum, { longTasks }) => sum + longTasks, 0),
    runs: runs.length,
  };
}

function frameOf({ frames }: RenderingRun): number {
  return frames.reduce((sum, frame) => sum + frame, 0) / frames.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
