import { launchBrowser } from '../../scripts/vscode/session.ts';
import type { ToWebview } from '../../src/shared/panelMessages.ts';
import { type PanelPage, servePanelPages } from '../webview/page/support/panelPage.ts';
import { aConversation, aTurn, manyTurns } from '../webview/page/support/turns.ts';
import { longAnswer } from './renderingTexts.ts';

/** How long a keystroke takes to show. Times in milliseconds. */
export interface TypingRow {
  readonly name: string;
  readonly keys: number;
  readonly median: number;
  /** The 95th percentile. */
  readonly high: number;
  readonly worst: number;
  /** `high`, divided by that of the page in which one pixel changes. */
  readonly ratio: number;
}

const keys = 300;
/** People type ten characters a second at most. */
const keyPauseMs = 50;
/** Of 2,000 messages. */
const turns = 1000;
const answerLength = 100_000;

/**
 * Types into the composer of a room of 2,000 messages: at rest, while one pixel changes in each frame, and while an answer
 * of 100 KB streams into it again and again with 64 characters each 16 ms. Each time counts from the browser's own time of
 * the key to the frame that shows it. A page that changes waits for the screen, up to 16.7 ms at 60 Hz; one at rest does
 * not. So the pixel shows the least that any page can reach while something moves.
 */
export async function benchTyping(): Promise<TypingRow[]> {
  const browser = await launchBrowser();
  const pages = await servePanelPages(browser);
  const all = [...manyTurns(turns - 1), aTurn({ id: 'last', reply: '', state: 'streaming' })];
  try {
    const opened = await pages.open({ conversation: aConversation(all) });
    await opened.page.evaluate(listen);
    const rest = await type(opened);
    await opened.page.evaluate(blink);
    const blinking = await type(opened);
    await opened.page.evaluate(() => document.querySelector('#pixel')?.remove());
    await opened.page.evaluate(stream, longAnswer(answerLength));
    const streaming = await type(opened);
    const { high } = row('', blinking, 1);
    return [
      row('at rest', rest, high),
      row('while one pixel changes', blinking, high),
      row('while an answer of 100 KB streams', streaming, high),
    ];
  } finally {
    await pages.stop();
    await browser.close();
  }
}

async function type({ page }: PanelPage): Promise<number[]> {
  const box = page.getByRole('textbox', { name: 'Prompt' });
  await box.focus();
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press('abcdefgh ijkl'.charAt(key % 13), { delay: 0 });
    await page.waitForTimeout(keyPauseMs);
  }
  const times = await page.evaluate(() => globalThis.typed.splice(0));
  await box.fill('');
  return times;
}

declare global {
  var typed: number[];
}

/** In the page: notes for each key when the frame that shows it has been handed over. */
function listen(): void {
  globalThis.typed = [];
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => globalThis.typed.push(performance.now() - timeStamp));
        port1.start();
        port2.postMessage(undefined);
      });
    },
    { capture: true },
  );
}

/** In the page: one pixel that changes its colour in each frame, until it is removed. */
function blink(): void {
  const pixel = document.createElement('div');
  pixel.id = 'pixel';
  Object.assign(pixel.style, { position: 'fixed', top: '0', width: '1px', height: '1px' });
  document.body.append(pixel);
  const change = (time: number): void => {
    if (!pixel.isConnected) return;
    pixel.style.background = Math.round(time) % 2 === 0 ? 'red' : 'blue';
    requestAnimationFrame(change);
  };
  requestAnimationFrame(change);
}

/** In the page: plays the host, whose messages come between frames. A whole answer begins anew. */
function stream(answer: string): void {
  let at = 0;
  setInterval(() => {
    const isWhole = at >= answer.length;
    if (isWhole) at = 0;
    const text = answer.slice(at, at + 64);
    const data: ToWebview = isWhole
      ? { type: 'turnChanged', turn: 'last', patch: { reply: text } }
      : { type: 'textDelta', turn: 'last', text };
    window.dispatchEvent(new MessageEvent('message', { data }));
    at += 64;
  }, 16);
}

function row(name: string, times: readonly number[], restHigh: number): TypingRow {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return {
    name,
    keys: sorted.length,
    median: at(0.5),
    high: at(0.95),
    worst: at(1),
    ratio: at(0.95) / restHigh,
  };
}
