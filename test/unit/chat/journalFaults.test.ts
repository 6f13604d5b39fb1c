import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import { lastModel } from '../../../src/chat/findPlacement.ts';
import { readOnce } from '../../../src/chat/journalReader.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

function broken(): Promise<never> {
  return Promise.reject(new Error('EACCES'));
}

describe('the journal', () => {
  it('never takes a turn with it when it cannot be read', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    const unreadable = { ...journal, records: broken, find: broken };
    const errors: unknown[] = [];
    const onJournalError = (error: unknown) => errors.push(error);
    const second = await askTurn(endpoint, unreadable, [first.visible], 'two', { onJournalError });
    assert.equal(second.binding?.room, 'ch_1');
    assert.equal(errors.length, 1);
    const fresh = await askTurn(endpoint, unreadable, [], 'one', { onJournalError });
    assert.equal(fresh.visible.reply, 'You said: one');
    const lost = await askTurn(endpoint, unreadable, [{ prompt: 'one', reply: 'x' }], 'two', {
      onJournalError,
    });
    assert.match(lost.notices.join(), /could not be found/);
    assert.deepEqual(await lastModel([first.visible], unreadable, onJournalError), { connection: 'tachyon' });
  });

  it('takes no turn of the panel for a lost one of the Chat view, though the prompt is the same', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const shared = await askTurn(endpoint, journal, [], 'one', { surface: 'panel' });
    const next = await askTurn(endpoint, journal, [{ prompt: 'one', reply: 'x' }], 'two');
    assert.deepEqual([shared.binding?.room, next.binding?.room], ['ch_1', 'ch_2']);
    assert.match(next.notices.join(), /could not be found/);
  });

  it('finds a turn without metadata by the one before it where the history shows a command', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    const second = await askTurn(endpoint, journal, [first.visible], 'Explain `a.ts:1` …');
    const lost = { prompt: '/explain', reply: second.visible.reply, isCommand: true } as const;
    const third = await askTurn(endpoint, journal, [first.visible, lost], 'three');
    assert.deepEqual([third.binding?.room, third.notices], [first.binding?.room, []]);
    const other = await askTurn(endpoint, journal, [lost], 'other');
    assert.notEqual(other.binding?.room, first.binding?.room);
  });

  for (const kind of ['cut', 'provider'] as const) {
    it(`keeps nothing of an answer once it was told to forget, also if that ends with an error: ${kind}`, async () => {
      const endpoint = createMemoryEndpoint({
        async *reply() {
          yield textChunk('You said: ');
          yield textChunk('one');
          throw new ApiError(kind, 'broken');
        },
      });
      const files = createMemoryFileStore();
      const journal = createFileJournal(files, 'w');
      let isForgotten = false;
      const forget = ({ type }: { readonly type: string }) => {
        if (type === 'textDelta' && !isForgotten) files.files.clear();
        isForgotten ||= type === 'textDelta';
      };
      const asked = await askTurn(endpoint, journal, [], 'one', {}, forget);
      assert.equal(asked.visible.reply, 'You said: one');
      assert.deepEqual([...files.files.keys()], []);
    });
  }

  it('is read once for the model and the room of a turn', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one', { model: 'large' });
    const reads: string[] = [];
    const counted = readOnce({
      ...journal,
      records: (room) => {
        reads.push(room);
        return journal.records(room);
      },
    });
    assert.deepEqual(await lastModel([first.visible], counted), { connection: 'tachyon', model: 'large' });
    const second = await askTurn(endpoint, { ...journal, ...counted }, [first.visible], 'two');
    assert.equal(second.binding?.room, 'ch_1');
    assert.deepEqual(reads, ['ch_1']);
  });

  it('forgets a turn that never reached a room', async () => {
    for (const kind of ['unauthorized', 'server'] as const) {
      const store = createMemoryFileStore();
      const endpoint = createMemoryEndpoint();
      endpoint.chatrooms.create = () => Promise.reject(new ApiError(kind, 'no room'));
      const asked = await askTurn(endpoint, createFileJournal(store, 'w'), [], 'secret');
      assert.ok(asked.error instanceof ApiError);
      assert.deepEqual([...store.files.keys()], []);
    }
  });

  it('is not waited for between the room and the prompt, but before the first text', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const journal = createMemoryJournal();
    let isBound = false;
    const slow = {
      ...journal,
      bind: async (turn: string, from: string | undefined, room: string) => {
        await released;
        await journal.bind(turn, from, room);
        isBound = true;
      },
    };
    const endpoint = createMemoryEndpoint({
      async *reply() {
        release();
        yield textChunk('ok', 'stop');
      },
    });
    const asked = await askTurn(endpoint, slow, [], 'one');
    assert.equal(asked.visible.reply, 'ok');
    assert.ok(isBound);
    assert.equal((await journal.records('ch_1'))[0]?.outcome, 'answered');
  });
});
