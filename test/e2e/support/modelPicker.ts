import type { Locator, Page } from 'playwright-core';

/** How often a pick is tried, and how long each step of one may take, in milliseconds. */
const mostTries = 6;
const stepLimitMs = 5000;

/**
 * Picks a model in the Chat view's picker; again, as a person would, where that was too early: the picker shows the
 * models of the moment it was opened, and VS Code forgets a pick while lists of models come in.
 */
export async function pickModel(page: Page, picker: Locator, name: string): Promise<void> {
  const list = page.locator('.action-widget');
  // Exactly: there is a heading "Other Models".
  const row = list.locator('.monaco-list-row').getByText(name, { exact: true }).first();
  for (let tries = 1; ; tries += 1) {
    try {
      await picker.click({ timeout: stepLimitMs });
      await list.locator('input').fill(name, { timeout: stepLimitMs });
      await row.click({ timeout: stepLimitMs });
      await picker.filter({ hasText: name }).waitFor({ timeout: stepLimitMs });
      return;
    } catch (error) {
      if (tries === mostTries) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens the model picker until it shows the text: an open one does not change. */
export async function openPickerWith(page: Page, text: string): Promise<void> {
  for (let tries = 0; tries < 30; tries++) {
    await page.locator('.interactive-input-part .model-picker-name').click();
    const rows = page.locator('.action-widget .monaco-list-row');
    await rows.first().waitFor();
    if ((await rows.filter({ hasText: text }).count()) > 0) return;
    await page.keyboard.press('Escape');
    await rows.first().waitFor({ state: 'detached' });
  }
  throw new Error(`The model picker does not show “${text}”.`);
}
