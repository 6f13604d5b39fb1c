import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { aContext, anAttachment, someCompletions } from './support/allStates.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aRoom, aTurn } from './support/turns.ts';

describe('the panel by keyboard alone', () => {
  const pages = startPanelPages();

  it('asks, stops, copies, edits, forks, finds, renames, opens another room and starts a new chat', async () => {
    const panel = await pages.open({ width: 900 });
    const { page, take, post } = panel;
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent);
    /** Presses a key until the focus is on what has this label. */
    const goTo = async (label: string, key = 'Tab'): Promise<void> => {
      const passed: unknown[] = [];
      while ((await focused()) !== label) {
        passed.push(await focused());
        assert.ok(passed.length < 40, `${label} is not among ${passed.join(' | ')}`);
        await page.keyboard.press(key);
      }
    };
    const list = {
      groups: [{ kind: 'here', rooms: [aRoom({ key: 'room-1' }), aRoom({ key: 'b' })] }],
    } as const;
    await post({
      type: 'rooms',
      list: { ...list, deleted: [], search: '', hasMore: false, isLoading: false },
    });

    await goTo('Prompt');
    await page.keyboard.type('Hello');
    await press('Enter');
    await take('submitPrompt');
    const turn = aTurn({ id: 'a', prompt: 'Hello', reply: '', state: 'sending' });
    await post({ type: 'turnAdded', index: 0, turn }, { type: 'textDelta', turn: 'a', text: 'Some words' });
    await press('Escape');
    await take('stopReply');
    await post(
      {
        type: 'turnChanged',
        turn: 'a',
        patch: { state: 'stopped', problem: 'Stopped.', actions: ['continue'] },
      },
      {
        type: 'conversation',
        conversation: aConversation([{ ...turn, reply: 'Some words', state: 'stopped' }]),
      },
    );

    await goTo('You: Hello', 'Shift+Tab');
    await goTo('Copy');
    await press('Enter');
    assert.equal((await take('copyText')).text, 'Some words');
    await press('ArrowRight', 'Enter');
    assert.equal((await take('askAgain')).turn, 'a');
    await press('ArrowRight', 'Enter');
    assert.equal((await take('forkFrom')).turn, 'a');
    await press('ArrowRight', 'Enter');
    assert.equal(await focused(), 'Edit and Resend');
    await page.keyboard.type(' again');
    await press('Enter');
    assert.equal((await take('editPrompt')).text, 'Hello again');
    assert.equal(await focused(), 'You: Hello');
    // The toolbar remembers where it was left.
    await goTo('Edit and Resend');
    await press('End', 'Enter');
    assert.equal((await take('showSent')).turn, 'a');
    await press('Escape');
    assert.equal(await focused(), 'You: Hello');

    await press('Control+f');
    assert.equal(await focused(), 'Find in Conversation');
    await page.keyboard.type('words');
    await take('find');
    await press('Escape');
    assert.equal(await focused(), 'You: Hello');

    await goTo('More Actions', 'Shift+Tab');
    await press('Enter');
    const items: (string | null | undefined)[] = [];
    for (let index = 0; index < 6; index++) {
      items.push(await focused());
      await press('ArrowDown');
    }
    const expected = [
      'Continue in Chat View',
      'Find in Conversation',
      'Open in Editor',
      'Rename',
      'Pin',
      'Delete',
    ];
    assert.deepEqual(items, expected);
    assert.equal(await focused(), 'Continue in Chat View');
    await press('Escape');
    assert.equal(await focused(), 'More Actions');
    await press('Enter', 'Enter');
    await take('continueInChat');
    await press('Enter', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter');
    assert.equal(await focused(), 'New name');
    await page.keyboard.type('Renamed');
    await press('Enter');
    assert.deepEqual(await take('renameRoom'), { type: 'renameRoom', room: 'room-1', name: 'Renamed' });
    assert.equal(await focused(), 'More Actions');

    await goTo('Search chatrooms');
    await press('ArrowDown', 'End', 'Enter');
    assert.equal((await take('openRoom')).room, 'b');
    assert.equal(await focused(), 'Prompt');
    await goTo('New Chat', 'Shift+Tab');
    await press('Enter');
    await take('newChat');
    assert.equal(await focused(), 'Prompt');
    await goTo('Model: demo-large');
    await press('Enter');
    await take('pickModel');
    await panel.close();
  });

  it('attaches, opens, unmasks, removes, completes, recalls, sets parameters and shows what will be sent', async () => {
    const history = { type: 'history', prompts: ['an earlier prompt'] } as const;
    const panel = await pages.open({
      conversation: aConversation([aTurn({ id: 'a' })]),
      answer({ type }) {
        return type === 'loadHistory' ? [history] : [];
      },
    });
    const { page, take, post } = panel;
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent);
    const attachments = [anAttachment({ id: 'one', secrets: 1 }), anAttachment({ id: 'two' })];
    await post({ type: 'focus' });
    assert.equal(await focused(), 'Prompt');
    await page.keyboard.type('#as');
    while ((await take('complete')).query !== '#as');
    await post({ type: 'completions', query: '#as', items: someCompletions });
    await press('ArrowDown', 'Tab');
    assert.equal((await take('attach')).id, 'file-1');
    await post({ type: 'context', context: aContext(attachments) });

    await press('Shift+Tab', 'Enter');
    assert.equal((await take('openAttachment')).attachment, 'one');
    await press('ArrowRight', 'Enter', 'Enter');
    assert.equal((await take('sendSecrets')).attachment, 'one');
    await press('End', 'Delete');
    assert.equal((await take('detach')).attachment, 'two');
    await post({ type: 'context', context: aContext(attachments.slice(0, 1)) });
    assert.match((await focused()) ?? '', /^one\.ts/);

    await press('Tab');
    assert.equal(await focused(), 'Prompt');
    await press('ArrowUp');
    await take('loadHistory');
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('.composer-text')?.value === 'an earlier prompt',
    );
    await press('Tab', 'Enter');
    await take('pickAttachment');
    await press('Tab', 'Enter');
    await take('pickModel');
    await press('Tab', 'Enter');
    await take('setParameters');
    await press('Tab', 'Enter');
    assert.equal((await take('showReceipt')).text, 'an earlier prompt');
    await press('Tab', 'Enter');
    assert.equal((await take('submitPrompt')).text, 'an earlier prompt');
    assert.equal(await focused(), 'Prompt');
    await panel.close();
  });
});
