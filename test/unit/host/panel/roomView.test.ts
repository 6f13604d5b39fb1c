import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/api/connection.ts';
import { createCarriedTranscripts } from '../../../../src/chat/carriedTranscripts.ts';
import { createFileJournal } from '../../../../src/chat/fileJournal.ts';
import { fingerprint } from '../../../../src/chat/fingerprint.ts';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { RoomView } from '../../../../src/host/panel/roomView.ts';
import { createMemoryEndpoint } from '../../chat/support/memoryChatrooms.ts';
import { createMemoryFileStore } from '../../chat/support/memoryFileStore.ts';

describe('what a panel shows of a room', () => {
  it('goes along to a new room with what came of a stopped answer, although the server kept nothing of it', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createFileJournal(createMemoryFileStore(), 'w');
    const { chatrooms } = endpoint;
    const { id: room } = await chatrooms.create({ name: 'Room' });
    endpoint.addMessage(room, 'user', 'one');
    endpoint.addMessage(room, 'assistant', 'First.');
    endpoint.addMessage(room, 'user', 'two');
    await journal.begin({
      turn: 't2',
      conversation: 'c',
      connection: 'tachyon',
      room,
      surface: 'panel',
      promptHash: await fingerprint('two'),
      askedAt: '2026-11-20T10:00:00Z',
    });
    await journal.addReply('t2', { from: 0, text: 'Half of' });
    await journal.update('t2', room, { outcome: 'stopped' });
    const connection: Connection = {
      name: 'tachyon',
      kind: 'tachyon',
      url: 'http://127.0.0.1',
      credential: 'k',
    };
    const view = new RoomView(
      { key: `tachyon/${room}`, connection, stored: 'tachyon', room, chatrooms },
      {
        journal,
        carriedTranscripts: createCarriedTranscripts(createMemoryFileStore()),
        live: { isRunning: () => false },
        sent: { turns: async () => new Set<string>() },
      },
      untranslated,
    );
    await view.refresh();
    const shown = await view.turns(0, 2);
    assert.deepEqual(
      shown.map(({ prompt, reply, state }) => [prompt, reply, state]),
      [
        ['one', 'First.', 'answered'],
        ['two', 'Half of', 'stopped'],
      ],
    );
    assert.deepEqual(view.keptTurns(), [
      { prompt: 'one', reply: 'First.' },
      { prompt: 'two', reply: 'Half of', turn: 't2' },
    ]);
  });
});
