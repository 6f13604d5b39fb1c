import { after } from 'mocha';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/vscode/session.ts';

/** One browser for all files of a run: it starts when the first test asks for it, and is closed after the last one. */
export const sharedBrowser = ((): (() => Promise<Browser>) => {
  let browser: Promise<Browser> | undefined;
  after(async () => {
    await (await browser)?.close();
  });
  return () => (browser ??= launchBrowser());
})();
