import type { Locator, Page } from 'playwright-core';
import type { VSCode } from './vscode.ts';

/** How many boxes may lie on top of each other. */
const mostBoxes = 10;

/** Closes what a test has left: other windows, boxes, dialogs, editors, notifications; and starts a new conversation. */
export async function tidyWindow({ workbench, context }: VSCode): Promise<void> {
  const { page, chat } = workbench;
  if (page.isClosed() || page.url() === 'about:blank') throw new Error('The window is closed.');
  for (const other of context.pages()) if (other !== page) await other.close();
  await closeBoxes(page);
  if (await isShown(page.locator('.part.editor .tabs-container .tab'))) {
    await workbench.runCommand('View: Close All Editors');
    await page.locator('.part.editor .tabs-container .tab').first().waitFor({ state: 'detached' });
  }
  if (await isShown(page.locator('.notification-toast'))) {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }
  // The panel may stand in its place.
  await chat.open();
  await chat.newChat();
}

async function closeBoxes(page: Page): Promise<void> {
  const boxes = page.locator(
    '.quick-input-widget, .monaco-dialog-box, .action-widget, .context-view .monaco-menu',
  );
  for (let tries = 0; await isShown(boxes); tries++) {
    if (tries === mostBoxes) throw new Error('A box stays open.');
    const box = boxes.filter({ visible: true }).first();
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
  }
}

async function isShown(found: Locator): Promise<boolean> {
  return (await found.filter({ visible: true }).count()) > 0;
}
