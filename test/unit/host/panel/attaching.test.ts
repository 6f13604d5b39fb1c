import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Uri } from 'vscode';
import { gitExtension } from '../gitExtension.ts';
import { uriOf } from '../vscodeFiles.ts';
import { extensions, workspace } from '../vscodeParts.ts';
import { type AttachingPanel, eachAttachingPanel, openWithContext } from './support/attachingPanel.ts';

describe('what people attach', () => {
  let panel: AttachingPanel;
  eachAttachingPanel((made) => (panel = made));

  it('is the file that was picked of two whose names and folders read the same', async () => {
    const { say, context, next } = await openWithContext(panel);
    const paths = ['x y/a.ts', 'y/a.ts x'];
    for (const path of paths) {
      await mkdir(dirname(join(panel.folder, path)), { recursive: true });
      await panel.write(path, path);
    }
    workspace.files = paths.map((path) => uriOf(join(panel.folder, path)));
    say({ type: 'complete', query: '#a' });
    const { items: offered } = await next('completions', (message) => message.items.length === 2);
    const picked = offered.find(({ details }) => details === 'x y');
    assert.equal(picked?.label, 'a.ts');
    say({ type: 'attach', id: picked.id });
    assert.equal((await context(1)).attachments[0]?.details, 'x y/a.ts');
    workspace.files = [];
  });

  it('is told of changes that git’s diff lacks: new files, and what is not saved', async () => {
    const { say, next, context } = await openWithContext(panel);
    const git = gitExtension(panel.folder);
    Object.assign(git.exports.getAPI().repositories[0] ?? {}, {
      diff: async (isStaged?: boolean) => (isStaged ? '' : 'a diff'),
    });
    extensions.set('vscode.git', git);
    workspace.documents = [
      { uri: uriOf(join(panel.folder, 'a.ts')), isDirty: true },
      { uri: uriOf(join(panel.folder, 'b.ts')), isDirty: false },
      { uri: uriOf('/elsewhere/c.ts'), isDirty: true },
    ];
    say({ type: 'complete', query: '#changes' });
    const [changes] = (await next('completions', ({ items }) => items.length === 1)).items;
    say({ type: 'attach', id: changes?.id ?? '' });
    assert.match((await next('notice')).text, /new to git or not saved: new\.ts, a\.ts$/);
    assert.equal((await context(1)).attachments[0]?.kind, 'changes');
    workspace.documents = [];
    extensions.clear();
  });

  it('is refused with a sentence if git or an editor cannot read it', async () => {
    const { say, next } = await openWithContext(panel);
    const git = gitExtension(panel.folder);
    Object.assign(git.exports.getAPI().repositories[0] ?? {}, {
      diff: () => Promise.reject(new Error('git is broken')),
    });
    extensions.set('vscode.git', git);
    say({ type: 'complete', query: '#changes' });
    const [changes] = (await next('completions', ({ items }) => items.length === 1)).items;
    say({ type: 'attach', id: changes?.id ?? '' });
    assert.equal((await next('notice')).text, '#changes could not be read and is not sent.');
    extensions.clear();
  });

  it('keeps no prompt back for ever if it cannot be read', async () => {
    const { say, next } = await openWithContext(panel);
    const git = gitExtension(panel.folder);
    Object.assign(git.exports.getAPI().repositories[0] ?? {}, { diff: () => new Promise(() => {}) });
    extensions.set('vscode.git', git);
    say({ type: 'complete', query: '#changes' });
    const [changes] = (await next('completions', ({ items }) => items.length === 1)).items;
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      say({ type: 'attach', id: changes?.id ?? '' });
      say({ type: 'submitPrompt', text: '!echo Hello' });
      await next('turnAdded');
      mock.timers.tick(30_000);
    } finally {
      mock.timers.reset();
    }
    assert.equal((await next('notice')).text, 'What you attached could not be read within 30 seconds.');
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    extensions.clear();
  });

  it('may be of one name and one length, but is not the same for that', async () => {
    const { say, context } = await openWithContext(panel);
    const silence = 'A'.repeat(400);
    for (const data of ['UklG', 'UklH', 'UklG'])
      say({ type: 'attachData', name: 'a.wav', mimeType: 'audio/wav', data: data + silence });
    assert.equal((await context(2)).attachments.length, 2);
    say({ type: 'attachData', name: 'b.wav', mimeType: 'audio/wav', data: silence });
    await context(3);
  });

  it('is read one after the other, and no more of it than a prompt takes', async () => {
    const { say, next } = await openWithContext(panel);
    const names = Array.from({ length: 60 }, (_, index) => `${index}.png`);
    for (const name of names) await panel.write(name, 'png');
    const { realPath = () => Promise.reject(new Error()) } = panel.host.panel.attachments.platform;
    let [reading, most, count] = [0, 0, 0];
    Object.assign(panel.host.panel.attachments.platform, {
      realPath: async (file: Uri) => {
        most = Math.max(most, ++reading);
        count += file.path.endsWith('.png') ? 1 : 0;
        const real = await realPath(file);
        reading -= 1;
        return real;
      },
    });
    say({ type: 'attachUris', uris: names.map((name) => panel.uri(name)) });
    assert.match((await next('notice')).text, /at most 50/);
    assert.equal(panel.host.panel.attachments.trays.of('new').shown.length, 50);
    assert.ok(most < 5, String(most));
    assert.ok(count <= 50 * 3, String(count));
  });

  it('stays behind when its room is forked, if it is no text, and that is said', async () => {
    const { say, context, next } = await openWithContext(panel);
    say({ type: 'attachData', name: 'pasted', mimeType: 'image/png', data: btoa('png') });
    await context(1);
    say({ type: 'submitPrompt', text: '!echo Hello' });
    const { turn } = await next('turnAdded');
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    say({ type: 'forkFrom', turn: turn.id });
    assert.match((await next('notice')).text, /^The images, sounds and files of earlier prompts/);
  });

  it('may be an empty file, however it came', async () => {
    const { say, context } = await openWithContext(panel);
    await panel.write('empty.ts', '');
    say({ type: 'attachUris', uris: [panel.uri('empty.ts')] });
    say({ type: 'attachData', name: 'dropped.ts', mimeType: 'text/plain', data: '' });
    const { attachments } = await context(2);
    assert.deepEqual(
      attachments.map(({ name, problem }) => [name, problem]),
      [
        ['empty.ts', undefined],
        ['dropped.ts', undefined],
      ],
    );
  });
});
