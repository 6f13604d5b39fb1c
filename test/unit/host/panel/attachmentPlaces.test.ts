import assert from 'node:assert/strict';
import type { PanelContext } from '../../../../src/shared/panelMessages.ts';
import { opened, parts } from '../vscodeParts.ts';
import { type AttachingPanel, eachAttachingPanel } from './support/attachingPanel.ts';

const cutOf = ({ context }: { readonly context: PanelContext }) => context.attachments[0]?.cut;

describe('the place of what is attached', () => {
  let panel: AttachingPanel;
  const makeAnew = eachAttachingPanel((made) => (panel = made));

  it('is the conversation that was shown when it was asked for, and not the one that is shown when it is read', async () => {
    const { page, say } = await panel.openPage();
    await panel.write('a.ts', 'let a = 1;\n');
    const changed = trayChanged();
    say({ type: 'attachUris', uris: [panel.uri('a.ts')] });
    const other = panel.host.conversations.open('tachyon/other');
    assert.ok(other);
    page.show(other);
    await changed;
    assert.deepEqual([namesIn('new'), namesIn('tachyon/other')], [['a.ts'], []]);
  });

  it('is the room that the first prompt makes, also for what comes while it is made', async () => {
    const { page, say, next } = await panel.openPage();
    say({ type: 'submitPrompt', text: 'First' });
    say({ type: 'attachData', name: 'notes.txt', mimeType: 'text/plain', data: btoa('some notes') });
    say({ type: 'attachData', name: 'a.png', mimeType: 'image/png', data: 'AAAA' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    const { key = '' } = page.conversation;
    while (namesIn('new').length > 0) await trayChanged();
    assert.deepEqual(namesIn(key), ['notes.txt', 'a.png']);
    const { Attachments } = await import('../../../../src/host/attachments/attachments.ts');
    const later = new Attachments(
      panel.host.panel.drafts,
      panel.host.panel.attachments.platform,
      panel.host.panel.log,
    );
    await Promise.all([later.trays.of('new').loaded, later.trays.of(key).loaded]);
    assert.deepEqual(later.trays.of('new').shown, []);
    assert.deepEqual(later.trays.of(key).shown, panel.host.panel.attachments.trays.of(key).shown);
    later.dispose();
  });

  it('is the draft again when the conversation is left whose first prompt no room took', async () => {
    const { page, say, next } = await panel.openPage();
    panel.server.fault({ name: '403', method: 'POST', path: '/chatrooms' });
    say({ type: 'attachData', name: 'notes.txt', mimeType: 'text/plain', data: btoa('some notes') });
    say({ type: 'submitPrompt', text: 'First' });
    await next('turnChanged', ({ patch }) => patch.state === 'failed');
    assert.deepEqual(namesIn('new'), []);
    say({ type: 'newChat' });
    const { conversation } = await next('conversation', (told) => told.conversation.draft !== '');
    assert.equal(conversation.draft, 'First');
    assert.deepEqual(namesIn('new'), ['notes.txt']);
    page.dispose();
  });

  it('leaves room for what is typed, and the receipt counts all that goes out', async () => {
    makeAnew({ models: { 'tachyon/demo': { contextWindow: 4000, maxOutputTokens: 1000 } } });
    await panel.host.panel.models.load(panel.host.tachyon());
    const { page, say, next } = await panel.openPage();
    page.conversation.pickedModel = 'tachyon/tachyon/demo';
    const text = Array.from({ length: 150 }, (_, line) => `line ${line} of some notes`).join('\n');
    say({ type: 'attachData', name: 'notes.txt', mimeType: 'text/plain', data: btoa(text) });
    const whole = await next('context', (told) => told.context.attachments.length === 1);
    assert.equal(cutOf(whole), undefined);
    const prompt = 'many words '.repeat(1200);
    say({ type: 'changeDraft', text: prompt });
    const cut = await next('context', (told) => cutOf(told) !== undefined);
    say({ type: 'showReceipt', text: prompt });
    const receipt = await opened.next();
    assert.ok(receipt.includes(cutOf(cut) ?? '?'));
    const [, told = '', limit = ''] = /About ([\d,]+) of ([\d,]+) tokens/.exec(receipt) ?? [];
    const [tokens, most] = [told, limit].map((figure) => Number(figure.replace(',', '')));
    assert.equal(most, 3000);
    assert.ok((tokens ?? 0) > 2900 && (tokens ?? 0) <= 3000, told);
    say({ type: 'changeDraft', text: '' });
    await next('context', (later) => later.context.attachments.length === 1 && cutOf(later) === undefined);
  });

  describe('while a file is read', () => {
    const { openTextDocument } = parts.workspace;
    let read: () => void;

    beforeEach(async () => {
      const reading = new Promise<void>((resolve) => (read = resolve));
      parts.workspace.openTextDocument = async (uri) => {
        await reading;
        return openTextDocument(uri);
      };
      await panel.write('slow.ts', 'let slow;\n');
    });

    afterEach(() => {
      parts.workspace.openTextDocument = openTextDocument;
    });

    it('lets a prompt be seen and stopped, with what it was in the composer, and the next one go', async () => {
      const { say, next } = await panel.openPage();
      say({ type: 'attachUris', uris: [panel.uri('slow.ts')] });
      say({ type: 'submitPrompt', text: 'First' });
      assert.equal((await next('turnAdded')).turn.prompt, 'First');
      say({ type: 'stopReply' });
      assert.equal((await next('compose')).text, 'First');
      say({ type: 'submitPrompt', text: 'Second' });
      await next('turnChanged', ({ patch }) => patch.state === 'answered');
      const changed = trayChanged();
      read();
      await changed;
    });

    it('lets a receipt wait for it', async () => {
      const { say, next } = await panel.openPage();
      say({ type: 'attachUris', uris: [panel.uri('slow.ts')] });
      say({ type: 'showReceipt', text: 'First' });
      say({ type: 'loadHistory' });
      await next('history');
      read();
      assert.match(await opened.next(), /- slow\.ts: \d+ tokens/);
    });
  });

  function namesIn(draft: string): string[] {
    return panel.host.panel.attachments.trays.of(draft).shown.map(({ name }) => name);
  }

  /** Any tray has other attachments. */
  function trayChanged(): Promise<void> {
    return new Promise((resolve) => {
      const subscription = panel.host.panel.attachments.trays.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
});
