import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aNewChat, aTurn, manyTurns } from './support/turns.ts';

describe('composer', () => {
  const pages = startPanelPages();

  it('sends by Enter what is not empty; Shift+Enter and the Enter of a composition do not send', async () => {
    const panel = await pages.open();
    const { box } = panel;
    await box.press('Enter');
    await box.fill('   ');
    await box.press('Enter');
    assert.equal(await panel.page.getByRole('button', { name: 'Send', exact: true }).isDisabled(), true);
    await box.fill('one');
    await box.press('Shift+Enter');
    await box.pressSequentially('two');
    await box.evaluate((element) => {
      const init = { key: 'Enter', bubbles: true, cancelable: true };
      element.dispatchEvent(new KeyboardEvent('keydown', { ...init, isComposing: true }));
      element.dispatchEvent(new KeyboardEvent('keydown', { ...init, keyCode: 229 }));
    });
    assert.equal(await box.inputValue(), 'one\ntwo');
    await box.press('Enter');
    assert.deepEqual(await panel.take('submitPrompt'), { type: 'submitPrompt', text: 'one\ntwo' });
    assert.equal(await box.inputValue(), '');
    assert.equal(panel.sent.filter(({ type }) => type === 'submitPrompt').length, 1);
    await panel.close();
  });

  it('says what is typed when it is asked, as soon as it is known whose it is', async () => {
    const { page, post, take, sent, close } = await pages.open();
    const box = page.getByRole('textbox', { name: 'Prompt' });
    await box.pressSequentially('Typed');
    await post({ type: 'askReceipt' });
    assert.deepEqual(await take('showReceipt'), { type: 'showReceipt', text: 'Typed' });
    assert.equal(sent.filter(({ type }) => type === 'showReceipt').length, 1);
    await close();
  });

  it('leaves a selection alone when it has the focus already', async () => {
    const { page, post, close } = await pages.open();
    const box = page.getByRole('textbox', { name: 'Prompt' });
    await box.fill('once');
    await box.selectText();
    await post({ type: 'focus' });
    await page.keyboard.type('anew');
    assert.equal(await box.inputValue(), 'anew');
    await close();
  });

  it('stops the answer by its button and by Escape, and lets a person type on', async () => {
    const panel = await pages.open();
    const { page, box } = panel;
    await box.fill('Go');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await panel.take('submitPrompt');
    const turn = aTurn({ id: 'a', prompt: 'Go', reply: '', state: 'sending' });
    await panel.post({ type: 'turnAdded', index: 0, turn });
    await page.getByRole('button', { name: 'Stop' }).click();
    await panel.take('stopReply');
    await box.fill('the next');
    await box.press('Enter');
    await box.press('Escape');
    await panel.take('stopReply');
    assert.equal(await box.inputValue(), 'the next');
    await panel.post({ type: 'turnChanged', turn: 'a', patch: { state: 'stopped' } });
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    assert.equal(panel.sent.filter(({ type }) => type === 'submitPrompt').length, 1);
    await panel.close();
  });

  it('grows with its text, up to a part of the page', async () => {
    const panel = await pages.open({ height: 600 });
    const { box } = panel;
    const height = async (): Promise<number> => (await box.boundingBox())?.height ?? 0;
    const one = await height();
    await box.fill('a\nb\nc');
    assert.ok((await height()) > one + 20);
    await box.fill('line\n'.repeat(100));
    assert.ok((await height()) <= 240);
    await box.fill('');
    assert.equal(await height(), one);
    await panel.close();
  });

  it('sends the draft when typing rests, at once when it loses the focus, and before another room opens', async () => {
    const panel = await pages.open({
      conversation: aConversation(manyTurns(2), { draft: 'as it was left' }),
    });
    const { box } = panel;
    assert.equal(await box.inputValue(), 'as it was left');
    await box.fill('first');
    assert.deepEqual(await panel.take('changeDraft'), { type: 'changeDraft', room: 'room-1', text: 'first' });
    await box.fill('second');
    await box.blur();
    assert.deepEqual(await panel.take('changeDraft'), {
      type: 'changeDraft',
      room: 'room-1',
      text: 'second',
    });
    await box.fill('third');
    const other = aConversation([aTurn({ id: 'other' })], { room: 'room-2', draft: 'of the other' });
    await panel.post({ type: 'conversation', conversation: other });
    assert.deepEqual(await panel.take('changeDraft'), { type: 'changeDraft', room: 'room-1', text: 'third' });
    assert.equal(await box.inputValue(), 'of the other');
    await panel.close();
  });

  it('keeps what is typed before the first conversation is there, below its draft', async () => {
    const panel = await pages.open({ isLate: true });
    const { box } = panel;
    await box.fill('typed early');
    await box.blur();
    const conversation = aConversation(manyTurns(2), { draft: 'as it was left' });
    await panel.post({ type: 'conversation', conversation });
    const text = 'as it was left\n\ntyped early';
    assert.equal(await box.inputValue(), text);
    assert.deepEqual(await panel.take('changeDraft'), { type: 'changeDraft', room: 'room-1', text });
    await panel.close();
  });

  it('sends what was to be sent before the first conversation is there, and leaves its draft', async () => {
    const panel = await pages.open({ isLate: true });
    const { box } = panel;
    await box.fill('sent early');
    await box.press('Enter');
    assert.equal(await box.inputValue(), 'sent early');
    const conversation = aConversation(manyTurns(2), { draft: 'as it was left' });
    await panel.post({ type: 'conversation', conversation });
    assert.deepEqual(await panel.take('submitPrompt'), { type: 'submitPrompt', text: 'sent early' });
    assert.equal((await panel.take('changeDraft')).text, 'as it was left');
    assert.equal(await box.inputValue(), 'as it was left');
    await panel.close();
  });

  it('sends what is pasted at once, since a key can take the page away', async () => {
    const panel = await pages.open({ conversation: aConversation(manyTurns(1)) });
    const sent = await panel.page.evaluate(() => {
      const box = document.querySelector<HTMLTextAreaElement>('.composer textarea');
      if (box === null) return undefined;
      const all: unknown[] = [];
      Reflect.set(globalThis, 'toHost', (message: unknown) => all.push(message));
      for (const text of ['a', 'ab']) {
        box.value = text;
        box.dispatchEvent(new Event('input'));
      }
      window.dispatchEvent(new Event('pagehide'));
      return all;
    });
    const draft = { type: 'changeDraft', room: 'room-1' };
    assert.deepEqual(sent, [
      { ...draft, text: 'a' },
      { ...draft, text: 'ab' },
    ]);
    await panel.close();
  });

  it('goes on with what is typed when the new chat becomes a room', async () => {
    const panel = await pages.open();
    const { box } = panel;
    await box.fill('Hello');
    await panel.take('changeDraft');
    await box.press('Enter');
    const turn = aTurn({ id: 'a', prompt: 'Hello', reply: '', state: 'sending' });
    await panel.post({ type: 'turnAdded', index: 0, turn });
    await box.fill('and then');
    assert.deepEqual(await panel.take('changeDraft'), { type: 'changeDraft', text: 'and then' });
    await panel.post({ type: 'conversation', conversation: aConversation([turn]) });
    assert.deepEqual(await panel.take('changeDraft'), { type: 'changeDraft', text: '' });
    assert.deepEqual(await panel.take('changeDraft'), {
      type: 'changeDraft',
      room: 'room-1',
      text: 'and then',
    });
    assert.equal(await box.inputValue(), 'and then');
    await panel.close();
  });

  it('takes a text of the host without losing what is typed', async () => {
    const panel = await pages.open();
    const { box } = panel;
    await box.fill('my own');
    await panel.post({ type: 'compose', text: 'not sent' });
    assert.equal((await panel.take('changeDraft')).text, 'my own');
    assert.equal(await box.inputValue(), 'not sent\n\nmy own');
    await panel.close();
  });

  it('leads from the empty state to the first prompt', async () => {
    const conversation = aNewChat({ problem: 'You are not signed in.', problemActions: ['signIn'] });
    const panel = await pages.open({ conversation });
    await panel.page.getByRole('button', { name: 'What is a chatroom?' }).click();
    const { box } = panel;
    assert.equal(await box.inputValue(), 'What is a chatroom?');
    await panel.page.keyboard.press('Enter');
    await panel.take('submitPrompt');
    await panel.page.getByRole('button', { name: 'Sign In' }).click();
    assert.deepEqual(await panel.take('runAction'), { type: 'runAction', action: 'signIn' });
    await panel.page.getByRole('button', { name: 'Model: demo-large' }).click();
    await panel.take('pickModel');
    await panel.close();
  });

  it('sends nothing by an Enter that is held down', async () => {
    const turn = aTurn({ id: 'a', prompt: 'Old' });
    const panel = await pages.open({ conversation: aConversation([turn], { draft: 'not yet' }) });
    const { page, box } = panel;
    await box.focus();
    await page.keyboard.down('Shift');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Shift');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    assert.equal(await box.inputValue(), 'not yet\n');
    await page.getByRole('button', { name: 'Edit and Resend' }).focus();
    await page.keyboard.down('Enter');
    const editor = page.getByRole('textbox', { name: 'Edit and Resend' });
    await editor.waitFor();
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    assert.equal(await editor.inputValue(), 'Old');
    await page.keyboard.press('Enter');
    await panel.take('editPrompt');
    assert.deepEqual(
      panel.sent.filter(({ type }) => type === 'submitPrompt'),
      [],
    );
    await panel.close();
  });

  it('has the focus when the button that stopped the answer sends again', async () => {
    const turn = aTurn({ id: 'a', reply: '', state: 'streaming' });
    const panel = await pages.open({ conversation: aConversation([turn]) });
    const { page } = panel;
    await page.getByRole('button', { name: 'Stop' }).press('Enter');
    await panel.take('stopReply');
    await panel.post({ type: 'turnChanged', turn: 'a', patch: { state: 'stopped' } });
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Prompt');
    await panel.close();
  });
});
