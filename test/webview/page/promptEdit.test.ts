import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FromWebview, ToWebview } from '../../../src/shared/panelMessages.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aTurn, manyTurns } from './support/turns.ts';

describe('editing a prompt that was sent', () => {
  const pages = startPanelPages();

  it('sends it anew by Enter, and leaves it by Escape', async () => {
    const panel = await pages.open({ conversation: aConversation([aTurn({ id: 'a', prompt: 'Old' })]) });
    const { page } = panel;
    const edit = page.getByRole('button', { name: 'Edit and Resend' });
    await edit.press('Enter');
    const box = page.getByRole('textbox', { name: 'Edit and Resend' });
    assert.equal(await box.inputValue(), 'Old');
    await box.press('Escape');
    await box.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'ARTICLE');
    await edit.press('Enter');
    await box.fill('New');
    await box.press('Enter');
    assert.deepEqual(await panel.take('editPrompt'), { type: 'editPrompt', turn: 'a', text: 'New' });
    await box.waitFor({ state: 'detached' });
    await panel.close();
  });

  it('goes on as it was left after the page was hidden, also where its turn is loaded later', async () => {
    const turns = manyTurns(100);
    const edit = { turn: 't99', text: 'as it was left' };
    const answer = (message: FromWebview): ToWebview[] =>
      message.type === 'loadTurns'
        ? [{ type: 'turns', first: message.first, turns: turns.slice(message.first, message.first + 40) }]
        : [];
    const panel = await pages.open({ conversation: aConversation(turns, { edit }), answer });
    const { page } = panel;
    const box = page.getByRole('textbox', { name: 'Edit and Resend' });
    assert.equal(await box.inputValue(), 'as it was left');
    assert.ok(((await box.boundingBox())?.height ?? 0) >= 30);
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Prompt');
    await box.fill('better');
    const better = { type: 'changeEdit', room: 'room-1', turn: 't99', text: 'better' };
    assert.deepEqual(await panel.take('changeEdit'), better);
    await box.fill('best');
    const other = aConversation(turns, { room: 'room-2', edit: { turn: 't1', text: 'of the other' } });
    await panel.post({ type: 'conversation', conversation: other });
    assert.deepEqual(await panel.take('changeEdit'), { ...better, text: 'best' });
    await box.waitFor({ state: 'detached' });
    await page.getByRole('article').last().press('Home');
    assert.equal(await box.inputValue(), 'of the other');
    await box.press('Escape');
    assert.deepEqual(await panel.take('changeEdit'), {
      type: 'changeEdit',
      room: 'room-2',
      turn: 't1',
      text: '',
    });
    await panel.close();
  });
});
