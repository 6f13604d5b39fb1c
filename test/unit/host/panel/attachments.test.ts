import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { field, items } from '../../../support/foreignRequests.ts';
import { opened } from '../vscodeParts.ts';
import { type AttachingPanel, eachAttachingPanel, openWithContext } from './support/attachingPanel.ts';

const png = 'iVBORw0KGgoAAAANSUhEUg==';
const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

describe('what is attached to a conversation', () => {
  let panel: AttachingPanel;
  eachAttachingPanel((made) => (panel = made));

  it('goes out with the prompt as it is then, and again with the same turn', async () => {
    const { page, say, context, next } = await openWithContext(panel);
    await panel.write('a.ts', 'let a = 1;\n');
    say({ type: 'attachUris', uris: [panel.uri('a.ts')] });
    const [chip] = (await context(1)).attachments;
    assert.deepEqual(
      [chip?.kind, chip?.name, chip?.details, chip?.problem],
      ['file', 'a.ts', 'a.ts', undefined],
    );
    say({ type: 'attachData', name: 'pasted', mimeType: 'image/png', data: png });
    assert.equal((await context(2)).attachments[1]?.kind, 'image');
    await panel.write('a.ts', 'let a = 2;\n');
    say({ type: 'submitPrompt', text: '!echo Hello' });
    const { turn } = await next('turnAdded');
    const attached = await next('turnChanged', ({ patch }) => patch.attachments !== undefined);
    assert.deepEqual(attached.patch.attachments, ['a.ts', 'pasted']);
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(lastText(), 'a.ts:\n```plaintext attachment 1 of 1\nlet a = 2;\n```\n\n!echo Hello');
    assert.deepEqual(lastMedia(), [`data:image/png;base64,${png}`]);
    assert.equal((await context(0)).attachments.length, 0);

    await rm(join(panel.folder, 'a.ts'));
    say({ type: 'askAgain', turn: turn.id });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(lastText(), 'a.ts:\n```plaintext attachment 1 of 1\nlet a = 2;\n```\n\n!echo Hello');
    assert.deepEqual(lastMedia(), [`data:image/png;base64,${png}`]);
    page.dispose();
  });

  it('goes out again with a turn that only the room and the kept request know', async () => {
    const { page, say, context, next } = await openWithContext(panel);
    await panel.write('a.ts', 'let a = 1;\n');
    say({ type: 'attachUris', uris: [panel.uri('a.ts')] });
    say({ type: 'attachData', name: 'pasted', mimeType: 'image/png', data: png });
    await context(2);
    say({ type: 'submitPrompt', text: '!echo Hello' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    const sent = lastContent();
    const { key } = page.conversation;
    page.dispose();
    const later = panel.host.open(key);
    later.say({ type: 'ready' });
    const { conversation } = await later.next('conversation', (told) => told.conversation.turns.length > 0);
    const [turn] = conversation.turns;
    assert.equal(turn?.prompt, '!echo Hello');
    assert.equal(turn.attachments[0], 'a.ts');
    later.say({ type: 'askAgain', turn: turn.id });
    await later.next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(panel.server.requests.filter(({ path }) => path.endsWith('/completions')).length, 2);
    assert.deepEqual(lastContent(), sent);
  });

  it('keeps the prompt back when a file is gone, with the text and the attachments where they were', async () => {
    const { say, context, next } = await openWithContext(panel);
    await panel.write('a.ts', 'text');
    say({ type: 'attachUris', uris: [panel.uri('a.ts')] });
    await context(1);
    await rm(join(panel.folder, 'a.ts'));
    say({ type: 'submitPrompt', text: 'With a file' });
    assert.equal((await next('compose')).text, 'With a file');
    assert.match((await next('notice')).text, /Nothing was sent. a\.ts is no longer there\./);
    const told = await next('context', (message) => message.context.attachments[0]?.problem !== undefined);
    assert.match(told.context.attachments[0]?.problem ?? '', /no longer there/);
    assert.equal(
      panel.server.requests.some(({ method }) => method === 'POST'),
      false,
    );
  });

  it('stays with the draft until a room has the prompt, also when the page and the window go away', async () => {
    const { page, say, context, next } = await openWithContext(panel);
    say({ type: 'attachData', name: 'notes.txt', mimeType: 'text/plain', data: btoa('some notes') });
    await context(1);
    panel.server.fault({ name: '403', method: 'POST', path: '/chatrooms' });
    say({ type: 'submitPrompt', text: 'First' });
    const { turn } = await next('turnAdded');
    await next('turnChanged', ({ patch }) => patch.state === 'failed');
    assert.equal((await context(0)).attachments.length, 0);
    page.hide();
    const { Attachments } = await import('../../../../src/host/attachments/attachments.ts');
    const later = new Attachments(
      panel.host.panel.drafts,
      panel.host.panel.attachments.platform,
      panel.host.panel.log,
    );
    const tray = later.trays.of('new');
    await tray.loaded;
    assert.deepEqual(
      tray.shown.map(({ name }) => name),
      ['notes.txt'],
    );
    say({ type: 'ready' });
    await next('conversation');
    say({ type: 'askAgain', turn: turn.id });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(lastText(), 'notes.txt:\n```text attachment 1 of 1\nsome notes\n```\n\nFirst');
    assert.equal(
      (await later.trays.of('other').loaded, await panel.host.panel.drafts.read('attachments:new')),
      '',
    );
    later.dispose();
  });

  it('is masked in what goes out, unless the person wants its secrets to go out', async () => {
    const { say, context, next } = await openWithContext(panel);
    say({ type: 'attachData', name: 'env', mimeType: 'text/plain', data: btoa(`TOKEN=${secret}`) });
    const [chip] = (await context(1)).attachments;
    assert.deepEqual([chip?.secrets, chip?.sendsSecrets], [1, false]);
    say({ type: 'submitPrompt', text: 'One' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(lastText().includes(secret), false);
    say({ type: 'attachData', name: 'env', mimeType: 'text/plain', data: btoa(`TOKEN=${secret}`) });
    const again = (await context(1, true)).attachments[0]?.id ?? '';
    say({ type: 'sendSecrets', attachment: again, isSent: true });
    assert.equal((await context(1, true)).attachments[0]?.sendsSecrets, true);
    say({ type: 'showReceipt', text: 'Two' });
    const receipt = await opened.next();
    assert.match(receipt, /sent as they are: 1/);
    assert.equal(receipt.includes(secret), false);
    say({ type: 'submitPrompt', text: 'Two' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(lastText().includes(secret), true);
  });

  it('is told before it is sent, byte for byte', async () => {
    const { say, context, next } = await openWithContext(panel);
    await panel.write('a.ts', 'const ü = "```";\r\n');
    say({ type: 'attachUris', uris: [panel.uri('a.ts')] });
    await context(1);
    say({ type: 'showReceipt', text: 'What is it?' });
    const receipt = await opened.next();
    say({ type: 'submitPrompt', text: 'What is it?' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    const [kept] = await panel.host.panel.sent.newest(1);
    assert.equal(receipt.trimEnd().split('\n').at(-1), kept?.request.body);
    assert.match(receipt, /Connection: tachyon \(http/);
    assert.match(receipt, /- a\.ts: \d+ tokens/);
  });

  it('is told of what /new sends, in a new chat, and of other commands that they send nothing', async () => {
    const { say, context, next } = await openWithContext(panel);
    say({ type: 'submitPrompt', text: '!echo One' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    await panel.write('a.ts', 'let a;\n');
    say({ type: 'attachUris', uris: [panel.uri('a.ts')] });
    await context(1);
    say({ type: 'showReceipt', text: '/new What is it?' });
    const receipt = await opened.next();
    say({ type: 'submitPrompt', text: '/new What is it?' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    const [kept] = await panel.host.panel.sent.newest(1);
    assert.equal(receipt.trimEnd().split('\n').at(-1), kept?.request.body);
    assert.match(kept?.request.body ?? '', /let a/);
    say({ type: 'showReceipt', text: '/find it' });
    assert.match((await next('notice')).text, /sends nothing/);
  });

  it('is refused with a sentence: folders, links out of the workspace, huge and binary files, what lies elsewhere', async () => {
    const { say, next } = await openWithContext(panel);
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await writeFile(join(outside, 'secret.txt'), 'secret');
    await symlink(join(outside, 'secret.txt'), join(panel.folder, 'link.txt'));
    await writeFile(join(panel.folder, 'huge.log'), Buffer.alloc(600 * 1024, 'a'));
    await writeFile(join(panel.folder, 'empty.png'), '');
    await writeFile(join(panel.folder, 'binary.bin'), Buffer.from([1, 0, 2]));
    await writeFile(join(panel.folder, 'huge.png'), Buffer.alloc(11 * 1024 * 1024));
    const refusals: readonly (readonly [string, RegExp])[] = [
      [`file://${panel.folder}`, /folder/],
      [panel.uri('link.txt'), /leads out of the workspace/],
      [panel.uri('huge.log'), /larger than 512 KB/],
      [panel.uri('huge.png'), /larger than 10 MB/],
      [panel.uri('empty.png'), /is empty/],
      [panel.uri('binary.bin'), /not a text file/],
      [panel.uri('gone.txt'), /no longer there/],
      [`file://${outside}/secret.txt`, /outside of the workspace/],
      ['no uri', /no file/],
    ];
    for (const [dropped, sentence] of refusals) {
      say({ type: 'attachUris', uris: [dropped] });
      assert.match((await next('notice')).text, sentence);
    }
    say({ type: 'attachData', name: 'a.bin', mimeType: 'application/octet-stream', data: btoa('\u0001\0') });
    assert.match((await next('notice')).text, /not a text file/);
    // As many bytes as a file may have, whatever its letters are.
    const japanese = Buffer.from('あ'.repeat(200 * 1024)).toString('base64');
    say({ type: 'attachData', name: 'a.txt', mimeType: 'text/plain', data: japanese });
    assert.match((await next('notice')).text, /a\.txt is larger than 512 KB/);
    say({ type: 'attachData', name: 'pasted', mimeType: 'image/png', data: '' });
    assert.match((await next('notice')).text, /is empty/);
    say({ type: 'attach', id: panel.uri('link.txt') });
    assert.equal(panel.host.panel.attachments.trays.of('new').shown.length, 0);
    await rm(outside, { recursive: true });
  });

  it('says at once that the API takes no sounds', async () => {
    const { say, context, next } = await openWithContext(panel);
    say({ type: 'attachData', name: 'a.wav', mimeType: 'audio/wav', data: btoa('RIFF') });
    assert.match((await context(1)).attachments[0]?.problem ?? '', /takes no files like a\.wav/);
    say({ type: 'submitPrompt', text: 'Listen' });
    assert.equal((await next('compose')).text, 'Listen');
  });

  function lastContent(): unknown {
    const completion = panel.server.requests.findLast(({ path }) => path.endsWith('/completions'));
    return field(items(field(completion?.body, 'messages')).at(-1), 'content');
  }

  function lastText(): string {
    const content = lastContent();
    return typeof content === 'string' ? content : String(field(items(content)[0], 'text'));
  }

  function lastMedia(): unknown[] {
    return items(lastContent())
      .slice(1)
      .map((part) => field(field(part, 'image_url'), 'url'));
  }
});
