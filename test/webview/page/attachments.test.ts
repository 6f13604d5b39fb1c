import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { aContext, allAttachments, anAttachment } from './support/allStates.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aTurn } from './support/turns.ts';

const three = [anAttachment({ id: 'a' }), anAttachment({ id: 'b' }), anAttachment({ id: 'c' })];

describe('attachments in the composer', () => {
  const pages = startPanelPages();

  async function open(attachments = three) {
    const panel = await pages.open();
    const { page, post } = panel;
    const show = (shown = attachments): Promise<void> => post({ type: 'context', context: aContext(shown) });
    await show();
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent);
    const said = (): Promise<string | null> => page.locator('[role="status"]').textContent();
    return { ...panel, show, focused, said, tray: page.getByRole('toolbar', { name: 'Attachments' }) };
  }

  it('tell all of themselves by name and tooltip, and their state without a colour', async () => {
    const { page, close } = await open([...allAttachments]);
    const names = [
      'ask.ts 1,204 tokens src/ask.ts',
      'a-log-with-a-rather-long-name.txt 120 tokens src/cut.ts, 2,310 lines are left out.',
      '.env.example 120 tokens src/masked.ts, Likely secrets, masked: 2',
      'notes.md 120 tokens src/sent.ts, Likely secrets, sent as they are: 1',
      'deleted.ts 120 tokens src/gone.ts, src/deleted.ts is not there any more.',
    ];
    for (const name of names) await page.getByRole('button', { name, exact: true }).waitFor();
    const chip = (name: string) => page.locator('.chip', { hasText: name });
    assert.equal(await chip('a-log').locator('.icon-fold').count(), 1);
    assert.equal(await chip('deleted.ts').locator('.icon-error').count(), 1);
    assert.equal(await chip('.env').locator('.icon-lock').isVisible(), true);
    assert.equal(await chip('notes.md').locator('.icon-unlock').isVisible(), true);
    assert.match((await chip('a-log').locator('.chip-open').getAttribute('title')) ?? '', /\n2,310 lines/);
    await close();
  });

  it('are one stop of the Tab key: arrows move, Enter opens, Delete removes and leaves the focus beside', async () => {
    const { page, box, show, focused, said, take, close } = await open();
    await box.focus();
    await page.keyboard.press('Shift+Tab');
    assert.match((await focused()) ?? '', /^a\.ts/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.deepEqual(await take('openAttachment'), { type: 'openAttachment', attachment: 'b' });
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Prompt');
    await page.keyboard.press('Shift+Tab');
    assert.match((await focused()) ?? '', /^b\.ts/);
    await page.keyboard.press('Delete');
    assert.deepEqual(await take('detach'), { type: 'detach', attachment: 'b' });
    await show(three.filter(({ id }) => id !== 'b'));
    assert.match((await focused()) ?? '', /^c\.ts/);
    assert.equal(await said(), 'Removed: b.ts');
    await page.keyboard.press('Backspace');
    assert.equal((await take('detach')).attachment, 'c');
    await show(three.slice(0, 1));
    assert.match((await focused()) ?? '', /^a\.ts/);
    await page.getByRole('button', { name: 'Remove a.ts' }).click();
    assert.equal((await take('detach')).attachment, 'a');
    await show([]);
    assert.equal(await focused(), 'Prompt');
    await close();
  });

  it('are not shown any more as soon as another room opens', async () => {
    const { tray, post, close } = await open();
    await tray.waitFor();
    await post({
      type: 'conversation',
      conversation: aConversation([aTurn({ id: 'a' })], { room: 'room-2' }),
    });
    await tray.waitFor({ state: 'hidden' });
    await close();
  });

  it('say when something is attached or cannot go out, and not when another room opens or a prompt goes', async () => {
    const { page, box, show, said, post, take, close } = await open();
    assert.equal(await said(), '');
    await show([...three, anAttachment({ id: 'd', problem: 'It is too large.' })]);
    assert.equal(await said(), 'Attached: d.ts. d.ts: It is too large.');
    await show([anAttachment({ id: 'a', problem: 'It was deleted.' }), ...three.slice(1)]);
    assert.equal(await said(), 'a.ts: It was deleted.');
    await box.fill('Go');
    await page.keyboard.press('Enter');
    await take('submitPrompt');
    await show([]);
    assert.equal(await said(), 'a.ts: It was deleted.');
    await post({ type: 'turnAdded', index: 0, turn: aTurn({ id: 'a', state: 'sending' }) });
    const conversation = aConversation([aTurn({ id: 'other' })], { room: 'room-2' });
    await post({ type: 'conversation', conversation });
    await show(three);
    assert.equal(await said(), 'a.ts: It was deleted.');
    await close();
  });

  it('have a menu for their secrets, by key and by mouse', async () => {
    const attachment = anAttachment({ id: 's', secrets: 2 });
    const { page, show, focused, take, close } = await open([attachment]);
    const chip = page.getByRole('button', { name: /^s\.ts/ });
    await chip.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'Likely secrets, masked: 2');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'Send as It Is');
    await page.keyboard.press('Enter');
    assert.deepEqual(await take('sendSecrets'), { type: 'sendSecrets', attachment: 's', isSent: true });
    await show([{ ...attachment, sendsSecrets: true }]);
    assert.equal(await focused(), 'Likely secrets, sent as they are: 2');
    await chip.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Mask' }).click();
    assert.equal((await take('sendSecrets')).isSent, false);
    await chip.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Remove s.ts' }).press('Enter');
    await take('detach');
    await close();
  });

  it('wrap to three lines, then scroll, and show the one that keeps the prompt from going out', async () => {
    const many = Array.from({ length: 40 }, (_, index) => anAttachment({ id: `file-${index}` }));
    const { page, tray, show, close } = await open(many);
    const height = async (): Promise<number> => (await tray.boundingBox())?.height ?? 0;
    assert.ok((await height()) < 4 * 26);
    const last = page.getByRole('button', { name: /^file-39\.ts/ });
    assert.equal(await last.isVisible(), true);
    const isInView = (): Promise<boolean> =>
      last.evaluate((chip) => {
        const around = chip.closest('.chips')?.getBoundingClientRect();
        return chip.getBoundingClientRect().bottom <= (around?.bottom ?? 0);
      });
    assert.equal(await isInView(), false);
    await show([...many.slice(0, 39), anAttachment({ id: 'file-39', problem: 'It was deleted.' })]);
    assert.equal(await isInView(), true);
    await show(many.slice(0, 1));
    assert.ok((await height()) < 2 * 26);
    await close();
  });
});
