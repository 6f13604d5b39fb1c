import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { describe, it } from 'mocha';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aTurn } from './support/turns.ts';

/** Collects what live regions say; nothing else may be live. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    for (const region of document.querySelectorAll('[aria-live]:not([aria-live="off"])')) {
      new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    }
  });
  return () => page.evaluate<string[]>('said');
}

describe('announcements', () => {
  const pages = startPanelPages();

  it('says once that an answer begins and how it ends, and never its words', async () => {
    const panel = await pages.open({ conversation: aConversation([aTurn({ id: 'before' })]) });
    const said = await listen(panel.page);
    assert.equal(await panel.page.getByRole('log').getAttribute('aria-live'), 'off');
    for (const [index, state] of (['answered', 'failed', 'stopped'] as const).entries()) {
      const turn = aTurn({ id: state, reply: '', state: 'sending' });
      await panel.post({ type: 'turnAdded', index: index + 1, turn });
      for (const text of ['Many ', 'words ', 'come.']) {
        await panel.post({ type: 'textDelta', turn: state, text });
        await panel.page.getByText(text).last().waitFor();
      }
      const problem = state === 'failed' ? { problem: 'The line is dead.' } : {};
      await panel.post({ type: 'turnChanged', turn: state, patch: { state, ...problem } });
    }
    await panel.post({ type: 'notice', text: 'Renamed.' });
    await panel.page.locator('.toast-notice').waitFor();
    assert.deepEqual(await said(), [
      'The answer begins.',
      'The answer is complete.',
      'The answer begins.',
      'The answer failed. The line is dead.',
      'The answer begins.',
      'The answer was stopped.',
      'Renamed.',
    ]);
    await panel.close();
  });
});
