import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { describe, it } from 'mocha';
import type { FindResult, FromWebview, PanelTurn, ToWebview } from '../../../src/shared/panelMessages.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aTurn, manyTurns } from './support/turns.ts';

/** Finds as the host does: in the text as it was written. */
function finding(turns: readonly PanelTurn[]): (message: FromWebview) => ToWebview[] {
  return (message) => {
    if (message.type === 'loadTurns') {
      const { first, count } = message;
      return [{ type: 'turns', first, turns: turns.slice(first, first + count) }];
    }
    if (message.type !== 'find') return [];
    const { query } = message;
    const results = turns.flatMap((turn, index) =>
      (['prompt', 'reply'] as const).flatMap((part) =>
        Array.from(
          { length: turn[part].toLowerCase().split(query.toLowerCase()).length - 1 },
          (_, occurrence): FindResult => ({ turn: index, part, occurrence }),
        ),
      ),
    );
    return [{ type: 'found', query, results, isCut: false }];
  };
}

/** Texts that are marked: all, or the one that is gone to. */
async function marked(page: Page, name: 'tachyon-found' | 'tachyon-found-here'): Promise<string[]> {
  return page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map(String), name);
}

describe('find in a conversation', () => {
  const pages = startPanelPages();

  it('goes to turns that are not loaded, marks the words, and gives the focus back', async () => {
    const turns = manyTurns(1000);
    turns[3] = aTurn({
      id: 't3',
      prompt: 'Where is the needle?',
      reply: 'A **nee**dle, [here](https://a.example).',
    });
    turns[700] = aTurn({ id: 't700', prompt: 'Another one', reply: 'One NEEDLE more.' });
    const panel = await pages.open({ conversation: aConversation(turns), answer: finding(turns) });
    const { page, box: prompt } = panel;
    await prompt.focus();
    await page.keyboard.press('Control+f');
    const box = page.getByRole('textbox', { name: 'Find in Conversation' });
    await box.fill('needle');
    await page.locator('.find-count', { hasText: '2 of 2' }).waitFor();
    await page.getByText('One NEEDLE more.').waitFor();
    assert.deepEqual(await marked(page, 'tachyon-found-here'), ['NEEDLE']);
    await page.keyboard.press('Enter');
    await page.getByText('Where is the needle?').waitFor();
    await page.locator('.find-count', { hasText: '1 of 2' }).waitFor();
    assert.deepEqual(await marked(page, 'tachyon-found-here'), ['needle']);
    // Across markup too, although the text as it was written has no such word there.
    assert.deepEqual(await marked(page, 'tachyon-found'), ['needle', 'needle']);
    await page.keyboard.press('Shift+Enter');
    await page.getByText('One NEEDLE more.').waitFor();
    await page.keyboard.press('F3');
    await page.getByText('Where is the needle?').waitFor();
    const seen = await page.evaluate(() => {
      const [range] = CSS.highlights.get('tachyon-found-here') ?? [];
      const at = range instanceof Range ? range.getBoundingClientRect().top : -1;
      return at >= 0 && at < window.innerHeight;
    });
    assert.equal(seen, true);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Prompt');
    assert.deepEqual(await marked(page, 'tachyon-found'), []);
    await panel.close();
  });

  it('says that there is nothing, and unfolds the prompt that holds the words', async () => {
    const prompt = `${'line\n'.repeat(50)}needle`;
    const turns = [aTurn({ id: 'a', prompt })];
    const panel = await pages.open({ conversation: aConversation(turns), answer: finding(turns) });
    const { page, box } = panel;
    await box.press('Control+f');
    await page.keyboard.type('nothing like it');
    await page.locator('.find-count', { hasText: 'No results' }).waitFor();
    await page.getByRole('textbox', { name: 'Find in Conversation' }).fill('needle');
    await page.locator('.find-count', { hasText: '1 of 1' }).waitFor();
    assert.deepEqual(await marked(page, 'tachyon-found-here'), ['needle']);
    await panel.close();
  });

  it('marks the turn where markup hides the words', async () => {
    const turns = [aTurn({ id: 'a', reply: 'See [there](https://example.com/needle).' })];
    const panel = await pages.open({ conversation: aConversation(turns), answer: finding(turns) });
    await panel.box.press('Control+f');
    await panel.page.keyboard.type('needle');
    await panel.page.locator('.turn.is-found').waitFor();
    await panel.close();
  });

  it('marks a letter that stands everywhere in a long answer', async () => {
    const reply = `**e**${'e'.repeat(79)}\n\n`.repeat(800);
    const turns = [aTurn({ id: 'a', prompt: 'none', reply })];
    const panel = await pages.open({ conversation: aConversation(turns), answer: finding(turns) });
    const { page } = panel;
    await page.waitForFunction(() => document.querySelectorAll('.reply p').length === 800);
    await page.keyboard.press('Control+f');
    await page.getByRole('textbox', { name: 'Find in Conversation' }).fill('e');
    await page.locator('.find-count', { hasText: 'of 64001' }).waitFor();
    const all = await marked(page, 'tachyon-found');
    assert.equal(all.length, 64_001);
    assert.ok(all.every((text) => text === 'e'));
    await panel.close();
  });

  it('goes to a place far down in a text of megabytes', async function () {
    this.timeout(120_000);
    const lines = Array.from({ length: 30_000 }, (_, line) => `Line ${line} of a very long answer.`);
    const turns = [aTurn({ id: 'a', reply: lines.join('\n\n') })];
    const place: FindResult = { turn: 0, part: 'reply', occurrence: 0 };
    const panel = await pages.open({
      conversation: aConversation(turns),
      answer: (message) =>
        message.type === 'find'
          ? [{ type: 'found', query: message.query, results: [place], isCut: false }]
          : [],
    });
    const { page } = panel;
    await page.locator('.plain-slice', { hasText: 'Line 29999 ' }).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('Line 28000');
    await page.waitForFunction(() => {
      const [range] = CSS.highlights.get('tachyon-found-here') ?? [];
      const at = range instanceof Range ? range.getBoundingClientRect().top : -1;
      return at > 48 && at < window.innerHeight;
    });
    await panel.close();
  });

  it('goes on with what is typed where the host opens it for the key that has opened it', async () => {
    const turns = [aTurn({ id: 'a', reply: 'One needle.' })];
    const panel = await pages.open({ conversation: aConversation(turns), answer: finding(turns) });
    const { page, box: prompt, post } = panel;
    await prompt.press('Control+f');
    await page.keyboard.type('nee');
    await post({ type: 'openFind', text: '' });
    await page.keyboard.type('dle');
    const box = page.getByRole('textbox', { name: 'Find in Conversation' });
    assert.equal(await box.inputValue(), 'needle');
    await box.press('Escape');
    await post({ type: 'conversation', conversation: aConversation([], { room: 'room-2' }) });
    await post({ type: 'openFind', text: '' });
    await post({ type: 'notice', text: 'After it.' });
    await page.getByRole('main').getByText('After it.').waitFor();
    assert.equal(await box.isVisible(), false);
    await panel.close();
  });

  it('is opened by the host with what a command brought along, and a command is no prompt that waits', async () => {
    const turns = [aTurn({ id: 'a', reply: 'One needle.' })];
    const panel = await pages.open({ conversation: aConversation(turns), answer: finding(turns) });
    const { page, box: prompt, post, take } = panel;
    assert.equal((await take('focusChanged')).hasFocus, true);
    await prompt.fill('/find needle');
    await prompt.press('Enter');
    await take('submitPrompt');
    await post({ type: 'openFind', text: 'needle' });
    await page.locator('.find-count', { hasText: '1 of 1' }).waitFor();
    const box = page.getByRole('textbox', { name: 'Find in Conversation' });
    await box.press('Escape');
    await post({ type: 'openFind', text: '' });
    assert.equal(await box.inputValue(), 'needle');
    const other = aConversation([aTurn({ id: 'other' })], { room: 'room-2', draft: 'of the other' });
    await post({ type: 'conversation', conversation: other });
    assert.equal(await prompt.inputValue(), 'of the other');
    await panel.close();
  });
});
