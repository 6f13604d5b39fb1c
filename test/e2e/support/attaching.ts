import type { Locator } from 'playwright-core';
import type { Panel } from './panel.ts';
import type { Workbench } from './workbench.ts';

/** Types a query into the composer and takes an item of the list; `details` tells equal ones apart. */
export async function attach(panel: Panel, query: string, label: string, details = ''): Promise<void> {
  const count = await attached(panel).count();
  await panel.composer().fill(query);
  const item = panel.frame
    .locator('.completion')
    .filter({ has: panel.frame.locator('.completion-label').getByText(label, { exact: true }) })
    .filter({ hasText: details });
  await item.first().click();
  await attached(panel).nth(count).waitFor();
}

/** What is attached. */
export function attached(panel: Panel): Locator {
  return panel.frame.locator('.chip');
}

/** What is attached, by its name. */
export function chip(panel: Panel, name: string): Locator {
  return attached(panel).filter({ hasText: name });
}

/** Pastes a file into the composer. */
export async function pasteFile(panel: Panel, name: string, type: string, bytes: Buffer): Promise<void> {
  await panel.composer().evaluate(
    (box, file) => {
      const clipboardData = new DataTransfer();
      const data = Uint8Array.from(atob(file.data), (character) => character.charCodeAt(0));
      clipboardData.items.add(new File([data], file.name, { type: file.type }));
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    { name, type, data: bytes.toString('base64') },
  );
}

/** Shows what would be sent with a prompt, and returns the body of the request. */
export async function receiptBody(workbench: Workbench, panel: Panel, prompt: string): Promise<string> {
  const { page } = workbench;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.composer().fill(prompt);
  // The side bar is narrow: the button is in the menu.
  await panel.choose(panel.frame.locator('.composer .is-for-narrow'), 'Show What Will Be Sent');
  await workbench.tab('What-Will-Be-Sent').waitFor();
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return text.trimEnd().split('\n').at(-1) ?? '';
}
