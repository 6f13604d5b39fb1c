import type { Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

const keepLimitMs = 20_000;

/**
 * Waits until VS Code has written what an extension keeps for the workspace, with `text` in it. It does so a moment
 * later; a page that is left before loses it.
 */
export async function waitForKeptState(page: Page, text: string): Promise<void> {
  await waitUntil(() => page.evaluate(isKept, text), keepLimitMs, `VS Code did not keep: ${text}`);
}

/** Runs in the page, where VS Code keeps it. */
async function isKept(text: string): Promise<boolean> {
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db-')) continue;
    const values = await new Promise<unknown[]>((resolve, reject) => {
      const opened = indexedDB.open(name);
      opened.addEventListener('error', () => reject(new Error(`${name} cannot be opened.`)));
      opened.addEventListener('success', () => {
        const { result: database } = opened;
        const all = database.transaction('ItemTable').objectStore('ItemTable').getAll();
        all.addEventListener('error', () => reject(new Error(`${name} cannot be read.`)));
        all.addEventListener('success', () => {
          database.close();
          resolve(all.result);
        });
      });
    });
    if (values.some((value) => String(value).includes(text))) return true;
  }
  return false;
}
