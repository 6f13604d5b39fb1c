import type { Workbench } from './workbench.ts';

/** Closes all editors, whether or not their documents are saved. */
export async function closeEditors(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('View: Close All Editors');
  const tabs = page.locator('.part.editor .tabs-container .tab');
  const button = page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
  const empty = page.locator('.part.editor .tabs-container:not(:has(.tab))');
  // Without a tab there is nothing of it to be seen.
  await button.or(empty).first().waitFor({ state: 'attached' });
  if (await button.isVisible()) await button.click();
  await tabs.first().waitFor({ state: 'detached' });
}
