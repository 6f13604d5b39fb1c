import assert from 'node:assert/strict';
import { createKeptAttachments } from '../../../src/chat/attachments/keptAttachments.ts';
import { createCarriedTranscripts } from '../../../src/chat/carriedTranscripts.ts';
import { createDrafts } from '../../../src/chat/panel/drafts.ts';
import { writeEdit } from '../../../src/chat/panel/editDrafts.ts';
import { keepOutgoing } from '../../../src/chat/panel/outgoingDrafts.ts';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import { forgetRoom } from '../../../src/chat/forgetRoom.ts';
import { createSentRequests } from '../../../src/chat/sentRequest.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

describe('a chatroom that is deleted', () => {
  it('leaves nothing of itself in the workspace’s storage, and takes nothing of others', async () => {
    const files = createMemoryFileStore();
    const sent = createSentRequests(files, (error) => assert.fail(String(error)));
    const paths = () => [...files.files.keys()].toSorted();
    const ask = async (room: string) => {
      const turn = crypto.randomUUID();
      const journal = createFileJournal(files, 'w');
      await journal.begin({
        turn,
        conversation: 'c',
        connection: 'ollama',
        room,
        surface: 'participant',
        promptHash: 'ab'.repeat(32),
        askedAt: new Date().toISOString(),
        prompt: 'secret',
      });
      await journal.addReply(turn, { from: 0, text: 'half' });
      const request = { method: 'POST', url: 'http://127.0.0.1/', headers: {}, body: '{}' };
      await sent.keep(turn, { connection: 'ollama', prompt: 'secret' }, request);
    };
    await ask('other');
    const before = paths();
    await ask('gone');
    await ask('gone');
    assert.equal(paths().length, before.length * 3);
    const owner = { connection: 'ollama', room: 'gone' };
    const carriedTranscripts = createCarriedTranscripts(files);
    await carriedTranscripts.keep(owner, [{ prompt: 'secret', reply: 'secret' }]);
    const drafts = createDrafts(files, 'w');
    await drafts.write('ollama/gone', 'secret');
    await writeEdit(drafts, 'ollama/gone', { turn: 't', text: 'secret' });
    await keepOutgoing(drafts, 'ollama/gone', 'secret too');
    const image = { kind: 'image', id: 'i', name: 'a.png', mimeType: 'image/png', data: 'AAAA' } as const;
    await createKeptAttachments(drafts).write('ollama/gone', [{ ...image, sendsSecrets: false }], []);
    const unpinned: string[] = [];
    const pins = { remove: async (key: string) => void unpinned.push(key) };
    const journal = createFileJournal(files, 'later');
    const forgotten: string[] = [];
    const choices = { forget: async (key: string) => void forgotten.push(key) };
    await forgetRoom(owner, { journal, sent, carriedTranscripts, drafts, pins, choices });
    assert.deepEqual(paths(), before);
    assert.deepEqual([unpinned, forgotten], [['ollama/gone'], ['ollama/gone']]);
  });
});
