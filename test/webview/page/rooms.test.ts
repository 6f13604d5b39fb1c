import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PanelRoom, RoomListState } from '../../../src/shared/panelMessages.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import type { PanelPage } from './support/panelPage.ts';
import { aConversation, aRoom, aTurn, manyTurns } from './support/turns.ts';

function aList(rooms: readonly PanelRoom[], state: Partial<RoomListState> = {}): RoomListState {
  const groups = [{ kind: 'here', rooms }] as const;
  return { groups, deleted: [], search: '', hasMore: false, isLoading: false, ...state };
}

describe('list of chatrooms', () => {
  const pages = startPanelPages();

  const rooms = ['a', 'b', 'c'].map((key) => aRoom({ key }));
  async function opened(width: number): Promise<PanelPage> {
    const panel = await pages.open({ width, conversation: aConversation(manyTurns(2)) });
    await panel.post({ type: 'rooms', list: aList(rooms) });
    return panel;
  }

  it('covers a narrow page, and goes away after a pick and by Escape', async () => {
    const panel = await opened(400);
    const { page } = panel;
    const list = page.getByRole('navigation');
    const toggle = page.getByRole('button', { name: 'Chatrooms', exact: true });
    assert.equal(await list.isVisible(), false);
    await toggle.click();
    assert.equal(await page.getByRole('main').evaluate((main: HTMLElement) => main.inert), true);
    await page.keyboard.press('Escape');
    assert.equal(await list.isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Chatrooms');
    await toggle.press('Enter');
    await page.getByRole('option', { name: 'Room b' }).click();
    assert.deepEqual(await panel.take('openRoom'), { type: 'openRoom', room: 'b' });
    assert.equal(await list.isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Prompt');
    await panel.close();
  });

  it('stands beside the transcript of a wide page, and stays folded', async () => {
    const panel = await opened(900);
    const { page, box } = panel;
    const list = page.getByRole('navigation');
    assert.equal(await list.isVisible(), true);
    assert.equal(await box.isVisible(), true);
    await page.getByRole('button', { name: 'Chatrooms', exact: true }).click();
    assert.equal(await list.isVisible(), false);
    await page.reload();
    await page.locator('.page').waitFor();
    assert.equal(await list.isVisible(), false);
    await panel.close();
  });

  it('is used by keyboard alone', async () => {
    const panel = await opened(900);
    const { page } = panel;
    const active = (): Promise<string | null | undefined> =>
      page.evaluate(() => {
        const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
        return document.getElementById(id)?.querySelector('.room-option-name')?.textContent;
      });
    await page.getByRole('searchbox', { name: 'Search chatrooms' }).focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(), 'Room a');
    await page.keyboard.press('End');
    assert.equal(await active(), 'Room c');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('F2');
    await page.keyboard.type('Better');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.take('renameRoom'), { type: 'renameRoom', room: 'b', name: 'Better' });
    assert.equal(await active(), 'Room b');
    await page.keyboard.press('F2');
    await page.keyboard.type('No');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Pin' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.take('pinRoom'), { type: 'pinRoom', room: 'b', isPinned: true });
    assert.equal(await active(), 'Room b');
    await page.keyboard.press('Delete');
    assert.deepEqual(await panel.take('deleteRoom'), { type: 'deleteRoom', room: 'b' });
    const list = aList([aRoom({ key: 'a' }), aRoom({ key: 'b', deletedIn: 600_000 }), aRoom({ key: 'c' })]);
    await panel.post({ type: 'rooms', list });
    assert.equal(await active(), 'Room b');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.take('undoDelete'), { type: 'undoDelete', room: 'b' });
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.take('openRoom'), { type: 'openRoom', room: 'a' });
    assert.equal(panel.sent.filter(({ type }) => type === 'deleteRoom').length, 1);
    assert.equal(panel.sent.filter(({ type }) => type === 'renameRoom').length, 1);
    await panel.close();
  });

  it('offers to undo a deletion where the list is out of sight', async () => {
    const panel = await opened(400);
    const { page } = panel;
    const deleted = [{ key: 'a', name: 'Plan', deletedIn: 600_000 }];
    await panel.post({ type: 'rooms', list: aList([aRoom({ key: 'b' })], { search: 'other', deleted }) });
    await page.getByText('“Plan” is being deleted.').last().waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await panel.take('undoDelete'), { type: 'undoDelete', room: 'a' });
    await panel.post({ type: 'rooms', list: aList(rooms) });
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await panel.close();
  });

  it('searches when typing rests, shows more, and says why there is nothing', async () => {
    const panel = await opened(900);
    const { page } = panel;
    const search = page.getByRole('searchbox', { name: 'Search chatrooms' });
    await search.pressSequentially('plan');
    assert.deepEqual(await panel.take('searchRooms'), { type: 'searchRooms', text: 'plan' });
    await panel.post({ type: 'rooms', list: aList([], { search: 'plan' }) });
    await page.getByText('No chatroom found.').waitFor();
    await search.press('Escape');
    assert.deepEqual(await panel.take('searchRooms'), { type: 'searchRooms', text: '' });
    await panel.post({ type: 'rooms', list: aList([]) });
    await page.getByText('No chatrooms yet.').waitFor();
    await panel.post({ type: 'rooms', list: aList([], { isLoading: true }) });
    await page.getByRole('navigation').getByText('Loading…').waitFor();
    await panel.post({ type: 'rooms', list: aList(rooms, { hasMore: true, problem: 'openai is away.' }) });
    await page.getByText('openai is away.').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await panel.take('loadMoreRooms');
    await panel.close();
  });

  it('shows hostile names of rooms, models, operators and files as text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><style>*{display:none}</style>{0}';
    const turn = aTurn({
      id: 'a',
      prompt: hostile,
      attachments: [hostile],
      notices: [hostile],
      model: hostile,
      usage: hostile,
      state: 'failed',
      problem: hostile,
      actions: ['askAgain'],
    });
    const conversation = aConversation([turn], {
      name: hostile,
      details: hostile,
      model: hostile,
      draft: hostile,
      problem: hostile,
    });
    const panel = await pages.open({ width: 900, conversation });
    const { page } = panel;
    const room = aRoom({ key: '"><b>', name: hostile, details: hostile, deletedIn: 600_000 });
    await panel.post(
      { type: 'rooms', list: aList([room, aRoom({ key: 'z', name: hostile })], { problem: hostile }) },
      { type: 'notice', text: hostile },
    );
    await page.locator('.toast-notice').waitFor();
    assert.equal(await page.locator('img, style, b').count(), 0);
    assert.equal(await page.title(), 'Tachyon');
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), hostile);
    assert.equal(await page.locator('.room-option-name').first().textContent(), hostile);
    assert.equal(await page.locator('.prompt-text').textContent(), hostile);
    assert.equal(await page.locator('.model-button').textContent(), hostile);
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it('deletes and renames the chatroom whose menu was opened, also if the list has changed meanwhile', async () => {
    const panel = await opened(900);
    const { page } = panel;
    const moved = aList([aRoom({ key: 'c' }), aRoom({ key: 'a' }), aRoom({ key: 'b' })]);
    await page.getByRole('option', { name: 'Room a' }).click({ button: 'right' });
    await panel.post({ type: 'rooms', list: moved });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    assert.deepEqual(await panel.take('deleteRoom'), { type: 'deleteRoom', room: 'a' });
    await page.getByRole('option', { name: 'Room b' }).click({ button: 'right' });
    await panel.post({ type: 'rooms', list: aList(rooms) });
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.keyboard.type('Better');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.take('renameRoom'), { type: 'renameRoom', room: 'b', name: 'Better' });
    await panel.close();
  });

  it('renames the chatroom that was shown when its name became a box', async () => {
    const panel = await opened(400);
    const { page } = panel;
    await page.getByRole('banner').getByRole('button', { name: 'More Actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.keyboard.type('Mine');
    const other = aConversation([aTurn({ id: 'other' })], { room: 'room-2' });
    await panel.post({ type: 'conversation', conversation: other });
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.take('renameRoom'), { type: 'renameRoom', room: 'room-1', name: 'Mine' });
    await panel.close();
  });

  it('says what is searched for when the page is shown again', async () => {
    const list = aList(rooms, { search: 'plan' });
    const panel = await pages.open({ width: 900, list });
    const search = panel.page.getByRole('searchbox', { name: 'Search chatrooms' });
    assert.equal(await search.inputValue(), 'plan');
    await search.fill('plan b');
    await panel.post({ type: 'rooms', list });
    assert.equal(await search.inputValue(), 'plan b');
    await panel.close();
  });

  it('has the focus when its button goes away', async () => {
    const panel = await pages.open({ width: 900, list: aList(rooms, { hasMore: true }) });
    const { page } = panel;
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.role);
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    await panel.post({ type: 'rooms', list: aList(rooms, { hasMore: true, isLoading: true }) });
    assert.equal(await focused(), 'listbox');
    await page.getByRole('button', { name: 'More Actions: Room a' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
    await panel.take('deleteRoom');
    await panel.post({ type: 'rooms', list: aList([aRoom({ key: 'a', deletedIn: 600_000 })]) });
    assert.equal(await focused(), 'listbox');
    await panel.close();
  });
});
