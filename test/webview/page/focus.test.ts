import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { describe, it } from 'mocha';
import type { PanelRoom, ToWebview } from '../../../src/shared/panelMessages.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aRoom, aTurn, manyTurns } from './support/turns.ts';

const rooms = ['a', 'b', 'c'].map((key) => aRoom({ key }));

function aList(list: readonly PanelRoom[], search = ''): ToWebview {
  const groups = [{ kind: 'here', rooms: list }] as const;
  return { type: 'rooms', list: { groups, deleted: [], search, hasMore: false, isLoading: false } };
}

/** Label of what has the focus. */
async function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.ariaLabel);
}

/** A person leaves what has the focus, and comes back to the page. */
async function comeBack(page: Page, isToLeave: boolean): Promise<void> {
  await page.evaluate((isLeft) => {
    if (isLeft && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.dispatchEvent(new Event('focus'));
  }, isToLeave);
}

describe('the focus in the panel', () => {
  const pages = startPanelPages();

  it('goes to the composer when a person comes to the page, unless something else of it has it', async () => {
    const panel = await pages.open({ conversation: aConversation(manyTurns(1)) });
    const { page } = panel;
    assert.equal(await focused(page), 'Prompt');
    await page.getByRole('button', { name: 'More Actions' }).focus();
    await comeBack(page, false);
    assert.equal(await focused(page), 'More Actions');
    await comeBack(page, true);
    assert.equal(await focused(page), 'Prompt');
    await panel.close();
  });

  it('goes to the composer when another conversation takes the place of the one that had it', async () => {
    const turns = manyTurns(2);
    const panel = await pages.open({ conversation: aConversation(turns) });
    const { page } = panel;
    await page.getByRole('button', { name: 'Fork From Here' }).first().press('Enter');
    assert.deepEqual(await panel.take('forkFrom'), { type: 'forkFrom', turn: 't0' });
    const fork = aConversation([aTurn({ id: 'c.0', prompt: 'Prompt of turn 0' })], { room: 'fork' });
    await panel.post({ type: 'conversation', conversation: fork });
    assert.equal(await focused(page), 'Prompt');
    await panel.close();
  });

  it('comes back to the button of a turn that was clicked last', async () => {
    const panel = await pages.open({ conversation: aConversation(manyTurns(2)) });
    const { page } = panel;
    await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
    await panel.take('copyText');
    await page.getByRole('button', { name: 'Show What Was Sent' }).first().click();
    assert.deepEqual(await panel.take('showSent'), { type: 'showSent', turn: 't0' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(page), 'Show What Was Sent');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(page), 'You: Prompt of turn 0');
    await panel.close();
  });

  it('stays in the list of chatrooms when the row that had it, or all rows, go away', async () => {
    const panel = await pages.open({ conversation: aConversation(manyTurns(2)) });
    await panel.post(aList(rooms));
    const { page } = panel;
    await page.getByRole('button', { name: 'Chatrooms', exact: true }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    assert.match((await focused(page)) ?? '', /^More Actions: /);
    await panel.post(aList([aRoom({ key: 'a', deletedIn: 600_000 })]));
    assert.equal(await focused(page), 'Chatrooms');
    await panel.post(aList([], 'a'));
    assert.equal(await focused(page), 'Search chatrooms');
    await page.keyboard.press('Control+f');
    assert.equal(await focused(page), 'Find in Conversation');
    assert.equal(await page.getByRole('navigation').isVisible(), false);
    await panel.close();
  });

  it('goes to the list that covers the page, or to the composer for whoever wants to type', async () => {
    const panel = await pages.open({ conversation: aConversation(manyTurns(2)) });
    await panel.post(aList(rooms));
    const { page } = panel;
    await page.getByRole('button', { name: 'Chatrooms', exact: true }).click();
    await comeBack(page, true);
    assert.equal(await focused(page), 'Search chatrooms');
    await panel.post({ type: 'focus' });
    assert.equal(await focused(page), 'Prompt');
    await panel.close();
  });
});
