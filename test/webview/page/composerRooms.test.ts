import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aRoom, aTurn, manyTurns } from './support/turns.ts';

describe('composer between chatrooms', () => {
  const pages = startPanelPages();

  const twoRooms = {
    type: 'rooms',
    list: {
      groups: [{ kind: 'here', rooms: [aRoom({ key: 'room-1' }), aRoom({ key: 'room-2' })] }],
      deleted: [],
      search: '',
      hasMore: false,
      isLoading: false,
    },
  } as const;
  const other = aConversation([aTurn({ id: 'other' })], { room: 'room-2', draft: 'of the other' });

  /** A page from which a prompt went, with the beginning of the next one in its box. */
  async function sendAndTypeOn() {
    const panel = await pages.open({ conversation: aConversation(manyTurns(2)) });
    await panel.box.fill('Hello');
    await panel.take('changeDraft');
    await panel.box.press('Enter');
    await panel.box.fill('and then');
    return panel;
  }

  it('sends nothing of the chatroom before to the one that is being opened', async () => {
    const conversation = aConversation(manyTurns(2), { draft: 'for the first' });
    const panel = await pages.open({ width: 900, conversation });
    const { page, box } = panel;
    await panel.post(twoRooms);
    await page.getByRole('option', { name: 'room-2' }).click();
    await panel.take('openRoom');
    await box.press('Enter');
    assert.equal(await box.inputValue(), '');
    await box.pressSequentially('for the second');
    await box.press('Enter');
    await panel.post({ type: 'conversation', conversation: other });
    assert.deepEqual(await panel.take('submitPrompt'), { type: 'submitPrompt', text: 'for the second' });
    assert.deepEqual(await panel.take('changeDraft'), {
      type: 'changeDraft',
      room: 'room-2',
      text: 'of the other',
    });
    assert.equal(panel.sent.filter(({ type }) => type === 'changeDraft').length, 1);
    await panel.close();
  });

  it('has its text back when the other chatroom does not come', async () => {
    const conversation = aConversation(manyTurns(2), { draft: 'for the first' });
    const panel = await pages.open({ width: 900, conversation });
    const { page, box } = panel;
    await panel.post(twoRooms);
    await page.getByRole('option', { name: 'room-2' }).click();
    await panel.take('openRoom');
    await panel.post({ type: 'notice', text: 'Its connection is gone.' });
    assert.equal(await box.inputValue(), 'for the first');
    await page.getByRole('option', { name: 'room-2' }).click();
    await panel.take('openRoom');
    // The first thought was the better one.
    await page.getByRole('option', { name: 'room-1' }).click();
    assert.deepEqual(await panel.take('openRoom'), { type: 'openRoom', room: 'room-1' });
    await panel.post({ type: 'conversation', conversation });
    assert.equal(await box.inputValue(), 'for the first');
    await box.press('Enter');
    await panel.take('submitPrompt');
    await panel.close();
  });

  it('leaves the draft of a chatroom alone that opens while a prompt is on its way elsewhere', async () => {
    const panel = await sendAndTypeOn();
    await panel.post({ type: 'conversation', conversation: other });
    assert.deepEqual(await panel.take('changeDraft'), {
      type: 'changeDraft',
      room: 'room-1',
      text: 'and then',
    });
    assert.equal(await panel.box.inputValue(), 'of the other');
    await panel.close();
  });

  it('goes on with what is typed where the prompt went to another chatroom', async () => {
    const panel = await sendAndTypeOn();
    const turn = aTurn({ id: 'a', prompt: 'Hello', reply: '', state: 'sending' });
    await panel.post({ type: 'conversation', conversation: aConversation([turn], { room: 'room-2' }) });
    assert.equal(await panel.box.inputValue(), 'and then');
    const drafts: (string | undefined)[][] = [];
    while (drafts.at(-1)?.[0] !== 'room-2') {
      const { room, text } = await panel.take('changeDraft');
      drafts.push([room, text]);
    }
    // Nothing of it is left where it was typed.
    assert.deepEqual(drafts.slice(-2), [
      ['room-1', ''],
      ['room-2', 'and then'],
    ]);
    await panel.close();
  });
});
