import assert from 'node:assert/strict';
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
    await forgetRoom('gone', createFileJournal(files, 'later'), sent);
    assert.deepEqual(paths(), before);
  });
});
