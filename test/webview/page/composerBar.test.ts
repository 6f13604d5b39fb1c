import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { aContext } from './support/allStates.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aTurn } from './support/turns.ts';

describe('the bar of the composer', () => {
  const pages = startPanelPages();

  it('attaches, sets parameters and shows what will be sent, of what is typed', async () => {
    const conversation = aConversation([aTurn({ id: 'a' })], { parameters: 'temperature 0.2' });
    const { page, box, take, post, close } = await pages.open({ conversation });
    await page.getByRole('button', { name: 'Attach… (#)' }).click();
    await take('pickAttachment');
    await page.getByRole('button', { name: 'Set Parameters… temperature 0.2' }).click();
    await take('setParameters');
    await post({ type: 'header', header: { parameters: '' } });
    await page.getByRole('button', { name: 'Set Parameters…', exact: true }).click();
    await take('setParameters');
    await box.fill('typed');
    await page.getByRole('button', { name: 'Show What Will Be Sent' }).click();
    assert.deepEqual(await take('showReceipt'), { type: 'showReceipt', text: 'typed' });
    await close();
  });

  it('has a menu for what does not fit', async () => {
    const { page, take, close } = await pages.open({ width: 250 });
    assert.equal(await page.getByRole('button', { name: 'Show What Will Be Sent' }).isVisible(), false);
    const more = page.getByRole('button', { name: 'More Actions for the Prompt' });
    await more.press('Enter');
    await page.keyboard.press('Enter');
    await take('showReceipt');
    await more.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await take('setParameters');
    for (const name of ['Attach… (#)', 'Model: demo-large', 'Send']) {
      assert.equal(await page.getByRole('button', { name, exact: true }).isVisible(), true, name);
    }
    await close();
  });

  it('tells how much of the window is used, with what is typed when typing rests', async () => {
    const { page, box, post, take, close } = await pages.open({ width: 900 });
    const meter = page.locator('.meter');
    assert.equal(await meter.isVisible(), false);
    await post({ type: 'context', context: aContext([]) });
    await page.getByRole('img', { name: '12,400 of 128,000 tokens. About a tenth is used.' }).waitFor();
    assert.equal(await meter.getAttribute('title'), '12,400 of 128,000 tokens\nAbout a tenth is used.');
    assert.equal(await meter.innerText(), '12.4K of 128K tokens');
    await box.fill('word'.repeat(100_000));
    await take('changeDraft');
    await page.getByRole('img', { name: /^112,400 of 128,000 tokens/ }).waitFor();
    assert.equal(await meter.locator('.icon-warning').isVisible(), false);
    await box.fill('これは日本語です'.repeat(2000));
    await take('changeDraft');
    await page.getByRole('img', { name: /^28,400 of/ }).waitFor();
    await box.press('Enter');
    await page.getByRole('img', { name: /^12,400 of/ }).waitFor();
    await post({ type: 'context', context: aContext([], { tokens: 120_000 }) });
    assert.equal(await meter.locator('.icon-warning').isVisible(), true);
    const { limit: _limit, ...unknown } = aContext([]);
    await post({ type: 'context', context: { ...unknown, summary: '' } });
    await page.getByRole('img', { name: '12,400 tokens', exact: true }).waitFor();
    await close();
  });

  it('leaves what the room has used to the second line of the header', async () => {
    const conversation = aConversation([aTurn({ id: 'a' })], { usage: '1,204 tokens · $0.003' });
    const { page, post, close } = await pages.open({ conversation });
    const details = page.locator('.room-details');
    assert.equal(await details.textContent(), 'tachyon · my-project · 1,204 tokens · $0.003');
    await post({ type: 'header', header: { usage: '' } });
    assert.equal(await details.textContent(), 'tachyon · my-project');
    await close();
  });
});
