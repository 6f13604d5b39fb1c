import assert from 'node:assert/strict';
import { createDrafts } from '../../../../src/chat/panel/drafts.ts';
import { fingerprint } from '../../../../src/chat/fingerprint.ts';
import { dropOutgoing, keepOutgoing, readDraft } from '../../../../src/chat/panel/outgoingDrafts.ts';
import type { TurnRecord } from '../../../../src/chat/turns.ts';
import { createMemoryFileStore } from '../support/memoryFileStore.ts';

function create() {
  const files = createMemoryFileStore();
  return { files, drafts: createDrafts(files, 'w') };
}

describe('a prompt that is on its way', () => {
  it('is a draft again in the next window, above what was typed after it', async () => {
    const { files, drafts } = create();
    await drafts.write('new', 'One');
    await keepOutgoing(drafts, 'new', 'One');
    assert.equal(await drafts.read('new'), '');
    await drafts.write('new', 'Two');
    const later = createDrafts(files, 'later');
    assert.equal(await readDraft(later, 'new', () => true), 'Two');
    assert.equal(await readDraft(later, 'new', () => false), 'One\n\nTwo');
    assert.equal(await readDraft(later, 'new', () => false), 'One\n\nTwo');
    assert.equal(await readDraft(later, 'other', () => false), '');
  });

  it('is there once where a second page reads the draft while the first puts it there', async () => {
    const files = createMemoryFileStore();
    const later: Promise<string>[] = [];
    const drafts = createDrafts(
      {
        ...files,
        writeNew: async (path, bytes) => {
          await files.writeNew(path, bytes);
          if (new TextDecoder().decode(bytes).includes('One\\n\\nTwo'))
            later.push(readDraft(drafts, 'new', () => false));
        },
      },
      'w',
    );
    await keepOutgoing(drafts, 'new', 'One');
    await drafts.write('new', 'Two');
    assert.equal(await readDraft(drafts, 'new', () => false), 'One\n\nTwo');
    assert.deepEqual(await Promise.all(later), ['One\n\nTwo']);
    assert.equal(await drafts.read('new'), 'One\n\nTwo');
  });

  it('leaves nothing behind when it has arrived', async () => {
    const { files, drafts } = create();
    await keepOutgoing(drafts, 'new', 'One');
    await dropOutgoing(drafts, 'new', 'One');
    assert.equal(await readDraft(drafts, 'new', () => false), '');
    assert.equal(files.files.size, 0);
  });

  for (const [what, record, left] of [
    ['has the turn in a room', { room: 'r' }, ''],
    ['has an older turn that asks the same', { room: 'r', askedAt: '2026-01-02T03:04:00.000Z' }, 'One'],
    ['has the turn in no room yet', {}, 'One'],
    ['has a turn of the Chat view that asks the same', { room: 'r', surface: 'participant' }, 'One'],
  ] as const) {
    it(`${left ? 'stays where' : 'is gone after a killed host where'} the journal ${what}`, async () => {
      const time = Date.parse('2026-01-02T03:04:05.000Z');
      const drafts = createDrafts(createMemoryFileStore(), 'w', () => time);
      await keepOutgoing(drafts, 'new', 'One');
      const found: TurnRecord = {
        turn: 't',
        conversation: 'c',
        connection: 'tachyon',
        surface: 'panel',
        promptHash: await fingerprint('One'),
        askedAt: new Date(time).toISOString(),
        ...record,
      };
      const journal = { find: async (hash: string) => (hash === found.promptHash ? [found] : []) };
      assert.equal(await readDraft(drafts, 'new', () => false, journal), left);
      assert.equal(await readDraft(drafts, 'new', () => false), left);
    });
  }

  it('is there once where the composer has it too', async () => {
    const { drafts } = create();
    await keepOutgoing(drafts, 'new', 'One');
    await drafts.write('new', 'One');
    assert.equal(await readDraft(drafts, 'new', () => false), 'One');
  });
});
