import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { describe, it } from 'mocha';
import type { FromWebview } from '../../../src/shared/panelMessages.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aConversation, aRoom, aTurn } from './support/turns.ts';

/** What is pasted or dropped: texts by their types, and files with their bytes. */
interface Given {
  readonly texts?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  /** Stands for a folder: nothing of it can be read. */
  readonly folder?: string;
}

/** Pastes into the box, or drops onto the page; whether the page took it from the browser. */
async function give(page: Page, kind: 'paste' | 'dragover' | 'drop', given: Given): Promise<boolean> {
  return page.evaluate(
    ({ kind: type, given: { texts = {}, files = [], folder } }) => {
      const data = new DataTransfer();
      for (const [format, text] of Object.entries(texts)) data.setData(format, text);
      for (const { name, type: mimeType, size } of files) {
        data.items.add(new File([new Uint8Array(size).fill(65)], name, { type: mimeType }));
      }
      if (folder !== undefined) {
        data.items.add(new File([], folder));
        Object.assign(DataTransferItem.prototype, {
          webkitGetAsEntry(this: DataTransferItem) {
            return { isDirectory: this.getAsFile()?.name === folder, name: folder };
          },
        });
      }
      const init = { bubbles: true, cancelable: true };
      const box = document.querySelector('.composer-text');
      return type === 'paste'
        ? box?.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data })) === false
        : !document.body.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: data }));
    },
    { kind, given },
  );
}

/** Files are read when the function is called that it returns. */
async function readLater(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    globalThis.FileReader = class extends FileReader {
      override readAsDataURL(file: Blob): void {
        document.addEventListener('read', () => super.readAsDataURL(file), { once: true });
      }
    };
  });
  return () => page.evaluate(() => void document.dispatchEvent(new Event('read')));
}

const noList = { groups: [], deleted: [], search: '', hasMore: false, isLoading: false };
const attached = (sent: readonly FromWebview[]): string[] =>
  sent.flatMap((message) => (message.type === 'attachData' ? [message.name] : []));

describe('pasting and dropping', () => {
  const pages = startPanelPages();

  it('attaches a picture of the clipboard with its bytes, and leaves text to the box', async () => {
    const { page, take, sent, close } = await pages.open();
    const picture = { name: 'image.png', type: 'image/png', size: 5 };
    assert.equal(await give(page, 'paste', { files: [picture] }), true);
    assert.deepEqual(await take('attachData'), {
      type: 'attachData',
      name: 'image.png',
      mimeType: 'image/png',
      data: Buffer.from('AAAAA').toString('base64'),
    });
    assert.equal(await give(page, 'paste', { texts: { 'text/plain': 'words' } }), false);
    // A table: text, and a picture of it.
    const table = { texts: { 'text/plain': 'a\tb', 'text/html': '<table>' }, files: [picture] };
    assert.equal(await give(page, 'paste', table), false);
    // A file that was copied in a file manager.
    const copied = { texts: { 'text/plain': 'notes.md' }, files: [{ name: 'notes.md', type: '', size: 3 }] };
    assert.equal(await give(page, 'paste', copied), true);
    assert.equal((await take('attachData')).mimeType, 'application/octet-stream');
    assert.deepEqual(attached(sent), ['image.png', 'notes.md']);
    await close();
  });

  it('takes all of a pasted text or nothing of it, and says why', async () => {
    const turn = aTurn({ id: 'a', prompt: 'x' });
    const { page, box, close } = await pages.open({ conversation: aConversation([turn]) });
    await page.evaluate(() => {
      document.addEventListener('copy', (event) => {
        const kept = event.target instanceof HTMLTextAreaElement ? event.target.value : '';
        event.clipboardData?.setData('text/plain', 'y'.repeat(1024 * 1024 + 1 - kept.length));
        event.preventDefault();
      });
    });
    await page.getByRole('button', { name: 'Edit and Resend' }).press('Enter');
    for (const each of [page.getByRole('textbox', { name: 'Edit and Resend' }), box]) {
      await each.fill('typed');
      for (const key of ['c', 'v']) await each.press(`ControlOrMeta+${key}`);
      const toast = page.locator('.toast', { hasText: 'at most 1,048,576 characters' });
      await toast.waitFor();
      await toast.evaluate((shown) => shown.remove());
      assert.equal(await each.inputValue(), 'typed');
      await each.pressSequentially(' on');
      assert.equal(await each.inputValue(), 'typed on');
    }
    await close();
  });

  it('shows where to drop, and attaches several files in their order', async () => {
    const { page, sent, take, close } = await pages.open();
    const files = [
      { name: 'a.wav', type: 'audio/wav', size: 9 * 1024 * 1024 },
      { name: 'b.pdf', type: 'application/pdf', size: 10 },
      { name: 'c.ts', type: 'video/mp2t', size: 10 },
    ];
    await give(page, 'dragover', { files });
    const zone = page.getByText('Drop here to attach');
    await zone.waitFor();
    assert.equal(await give(page, 'drop', { files }), true);
    await zone.waitFor({ state: 'hidden' });
    while (attached(sent).length < 3) await take('attachData');
    assert.deepEqual(attached(sent), ['a.wav', 'b.pdf', 'c.ts']);
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'composer-text');
    await close();
  });

  it('takes files after something of the page was dragged that is gone by now', async () => {
    const { page, take, close } = await pages.open();
    const files = [{ name: 'a.txt', type: 'text/plain', size: 1 }];
    await page.evaluate(() => {
      const link = document.body.appendChild(document.createElement('a'));
      link.dispatchEvent(new DragEvent('dragstart', { bubbles: true }));
      link.remove();
    });
    assert.equal(await give(page, 'drop', { files }), false);
    await page.mouse.move(100, 100);
    assert.equal(await give(page, 'drop', { files }), true);
    await take('attachData');
    await close();
  });

  it('says what is too large or cannot be read, and attaches the rest', async () => {
    const { page, take, sent, close } = await pages.open();
    const files = [
      { name: 'large.bin', type: '', size: 10 * 1024 * 1024 + 1 },
      { name: 'larger.bin', type: '', size: 10 * 1024 * 1024 + 2 },
      { name: 'small.txt', type: 'text/plain', size: 1 },
      { name: 'empty.txt', type: 'text/plain', size: 0 },
    ];
    await give(page, 'drop', { files });
    await page.getByText('Larger than 10 MB and not attached: large.bin, larger.bin').last().waitFor();
    await take('attachData');
    assert.equal((await take('attachData')).data, '');
    await give(page, 'drop', { folder: 'src' });
    await page.getByText('src could not be read and was not attached.').last().waitFor();
    assert.deepEqual(attached(sent), ['small.txt', 'empty.txt']);
    await close();
  });

  it('names files of the explorer by their addresses, and leaves links of web pages alone', async () => {
    const { page, take, sent, close } = await pages.open();
    const uris = ['vscode-remote://ssh-remote+host/w/a%20b.ts', 'file:///w/c.ts'];
    const texts = { 'application/vnd.code.uri-list': uris.join('\r\n'), 'text/plain': '/w/a b.ts' };
    assert.equal(await give(page, 'drop', { texts }), true);
    assert.deepEqual(await take('attachUris'), { type: 'attachUris', uris });
    const files = { 'text/uri-list': `# a comment\r\n${uris[1]}` };
    await give(page, 'drop', { texts: files });
    assert.deepEqual((await take('attachUris')).uris, ['file:///w/c.ts']);
    await give(page, 'drop', { texts: { 'text/uri-list': 'https://example.com/a' } });
    const many = Array.from({ length: 150 }, (_, index) => `file:///w/${index}`);
    await give(page, 'drop', { texts: { 'application/vnd.code.uri-list': many.join('\n') } });
    assert.equal((await take('attachUris')).uris.length, 100);
    assert.equal((await take('attachUris')).uris.length, 50);
    assert.equal(sent.filter(({ type }) => type === 'attachUris').length, 4);
    await close();
  });

  it('sends no draft of another room when the file is read that a prompt waited for', async () => {
    const { page, post, sent, take, close } = await pages.open({
      width: 900,
      conversation: aConversation([aTurn({ id: 'a' })]),
    });
    const box = page.getByRole('textbox', { name: 'Prompt' });
    const readNow = await readLater(page);
    await post({
      type: 'rooms',
      list: { ...noList, groups: [{ kind: 'here', rooms: [aRoom({ key: 'room-2' })] }] },
    });
    await box.fill('What is this?');
    await give(page, 'paste', { files: [{ name: 'image.png', type: 'image/png', size: 1000 }] });
    await box.press('Enter');
    await page.getByRole('option', { name: 'room-2' }).click();
    await take('openRoom');
    const conversation = aConversation([aTurn({ id: 'other' })], { room: 'room-2', draft: 'Half a thought' });
    await post({ type: 'conversation', conversation });
    assert.equal(await box.inputValue(), 'Half a thought');
    await page
      .getByText('Not attached, since another chat was opened before it was read: image.png')
      .last()
      .waitFor();
    await readNow();
    await give(page, 'drop', { texts: { 'text/uri-list': 'file:///w/c.ts' } });
    await take('attachUris');
    assert.equal(await box.inputValue(), 'Half a thought');
    assert.equal(
      sent.some(({ type }) => type === 'submitPrompt'),
      false,
    );
    await close();
  });

  it('lets a prompt wait for a file that is being read, and forgets it when another room opens', async () => {
    const { page, box, post, sent, take, close } = await pages.open({
      conversation: aConversation([aTurn({ id: 'a' })]),
    });
    const files = [{ name: 'image.png', type: 'image/png', size: 1000 }];
    const readNow = await readLater(page);
    await box.fill('What is this?');
    await give(page, 'paste', { files });
    await page.getByRole('button', { name: 'Show What Will Be Sent' }).click();
    await box.press('Enter');
    assert.equal(await box.inputValue(), 'What is this?');
    await readNow();
    await take('submitPrompt');
    const order = sent
      .map(({ type }) => type)
      .filter((type) => /^attachData|showReceipt|submitPrompt$/.test(type));
    assert.deepEqual(order, ['attachData', 'showReceipt', 'submitPrompt']);

    await give(page, 'paste', { files });
    await box.fill('And this?');
    await box.press('Enter');
    // Nothing has come of the prompt before: what is typed goes along to where that went.
    await post({ type: 'turnAdded', index: 1, turn: aTurn({ id: 'b' }) });
    const conversation = aConversation([aTurn({ id: 'other' })], { room: 'room-2' });
    await post({ type: 'conversation', conversation });
    await readNow();
    await give(page, 'drop', { texts: { 'text/uri-list': 'file:///w/c.ts' } });
    await take('attachUris');
    assert.deepEqual(attached(sent), ['image.png']);
    assert.equal(sent.filter(({ type }) => type === 'submitPrompt').length, 1);
    await close();
  });
});
