import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aTurn } from './support/turns.ts';

const prompts = ['the first', 'two\nlines', 'the last'];

describe('earlier prompts in the composer', () => {
  const pages = startPanelPages();

  async function open() {
    const panel = await pages.open({
      answer: ({ type }) => (type === 'loadHistory' ? [{ type: 'history', prompts }] : []),
    });
    /** Presses a key, and waits for what it brings. */
    const go = async (key: string, text: string): Promise<void> => {
      await panel.box.press(key);
      await panel.page.waitForFunction(
        (expected) => document.querySelector<HTMLTextAreaElement>('.composer-text')?.value === expected,
        text,
      );
    };
    return { ...panel, go };
  }

  it('come back with Up and go with Down, and what was typed is the newest', async () => {
    const { box, go, sent, close } = await open();
    await box.fill('unsent');
    await go('ArrowUp', 'the last');
    await go('ArrowUp', 'two\nlines');
    await go('ArrowUp', 'the first');
    await box.press('ArrowUp');
    assert.equal(await box.inputValue(), 'the first');
    await go('ArrowDown', 'two\nlines');
    await go('ArrowDown', 'the last');
    await go('ArrowDown', 'unsent');
    await box.press('ArrowDown');
    assert.equal(await box.inputValue(), 'unsent');
    assert.equal(sent.filter(({ type }) => type === 'loadHistory').length, 1);
    await close();
  });

  it('are left by editing one, which is the newest then', async () => {
    const { page, box, go, take, close } = await open();
    await box.focus();
    await go('ArrowUp', 'the last');
    await page.keyboard.type('!');
    assert.equal(await box.inputValue(), 'the last!');
    await box.press('ArrowDown');
    assert.equal(await box.inputValue(), 'the last!');
    await go('ArrowUp', 'the last');
    await go('ArrowDown', 'the last!');
    while ((await take('changeDraft')).text !== 'the last!');
    await box.press('Enter');
    await take('submitPrompt');
    await go('ArrowUp', 'the last!');
    await go('ArrowUp', 'the last');
    await close();
  });

  it('stay away while the caret can go up, or something is selected', async () => {
    const { box, go, sent, close } = await open();
    const word = 'word '.repeat(40);
    await box.fill(`${word}\nsecond line`);
    const caret = (): Promise<number> =>
      box.evaluate((element: HTMLTextAreaElement) => element.selectionStart);
    await box.press('ArrowUp');
    assert.ok((await caret()) <= word.length);
    // The rows of the first line.
    while ((await caret()) > 40) await box.press('ArrowUp');
    assert.equal(
      sent.some(({ type }) => type === 'loadHistory'),
      false,
    );
    await box.press('Control+a');
    await box.press('ArrowUp');
    assert.equal(
      sent.some(({ type }) => type === 'loadHistory'),
      false,
    );
    await box.press('Control+Home');
    await go('ArrowUp', 'the last');
    await close();
  });

  it('are those of the conversation that shows', async () => {
    const { box, go, sent, post, close } = await open();
    await box.focus();
    await go('ArrowUp', 'the last');
    const conversation = aConversation([aTurn({ id: 'other' })], { room: 'room-2' });
    await post({ type: 'conversation', conversation });
    assert.equal(await box.inputValue(), '');
    await go('ArrowUp', 'the last');
    assert.equal(sent.filter(({ type }) => type === 'loadHistory').length, 2);
    await close();
  });

  it('are asked for once, however long they take', async () => {
    const { box, take, post, sent, close } = await pages.open();
    await box.press('ArrowUp');
    await box.press('ArrowUp');
    await take('loadHistory');
    await post({ type: 'history', prompts });
    assert.equal(await box.inputValue(), 'the last');
    assert.equal(sent.filter(({ type }) => type === 'loadHistory').length, 1);
    await close();
  });

  it('take nothing away that is typed and not sent', async () => {
    const { page, box, go, take, sent, post, close } = await open();
    await box.pressSequentially('unsent');
    await go('ArrowUp', 'the last');
    // The page may be gone now: the host has what was typed.
    const drafts = sent.flatMap((message) => (message.type === 'changeDraft' ? [message.text] : []));
    assert.equal(drafts.at(-1), 'unsent');
    await box.press('Enter');
    assert.equal((await take('submitPrompt')).text, 'the last');
    assert.equal(await box.inputValue(), 'unsent');
    await go('ArrowUp', 'the last');
    await page.keyboard.type('!');
    await go('ArrowUp', 'unsent');
    await go('ArrowDown', 'the last!');
    await go('ArrowUp', 'unsent');
    await post({ type: 'compose', text: 'Given back' });
    assert.equal(await box.inputValue(), 'Given back\n\nthe last!');
    await close();
  });
});
