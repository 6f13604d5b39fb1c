import assert from 'node:assert/strict';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import type { TurnRecord } from '../../../src/chat/turns.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

/** What a server could give for an id: ways out of a folder, names that systems reserve, names of our own folders. */
const hostileIds = [
  '../../../etc/passwd',
  '..',
  '.',
  '/',
  'a/b',
  String.raw`a\b`,
  'C:',
  'con',
  'CON',
  'lpt1',
  '~pending',
  '~prompts',
  'room.0.writer.json',
  'ch_1\0',
  'ch_1\n',
  'CH_1',
  'ch_1',
  'ch_1 ',
  '部屋',
  'x'.repeat(5000),
];

function record(room: string, index: number): TurnRecord {
  return {
    turn: `turn-${index}`,
    conversation: 'c',
    connection: 'tachyon',
    room,
    surface: 'participant',
    promptHash: 'ab'.repeat(32),
    askedAt: new Date(index * 1000).toISOString(),
  };
}

describe('hostile ids of chatrooms', () => {
  it('stay inside the journal and apart from each other', async () => {
    const store = createMemoryFileStore();
    const journal = createFileJournal(store, 'w');
    for (const [index, id] of hostileIds.entries()) await journal.begin(record(id, index));

    for (const path of store.files.keys()) {
      assert.match(path, /^[a-z0-9~_-]{1,80}(?:\/[a-z0-9~_-][a-z0-9~_.-]{0,160})+$/);
    }
    const later = createFileJournal(store, 'later');
    for (const [index, id] of hostileIds.entries()) {
      assert.deepEqual(
        (await later.records(id)).map(({ turn, room }) => ({ turn, room })),
        [{ turn: `turn-${index}`, room: id }],
        JSON.stringify(id.slice(0, 40)),
      );
    }
  });

  it('as ids of turns, too', async () => {
    const store = createMemoryFileStore();
    const journal = createFileJournal(store, 'w');
    for (const [index, id] of hostileIds.entries()) {
      await journal.begin({ ...record('ch_1', index), turn: id });
    }
    for (const path of store.files.keys()) assert.doesNotMatch(path, /\.\.|[\\\0\n]|^\//);
    assert.deepEqual(
      (await createFileJournal(store, 'later').records('ch_1')).map(({ turn }) => turn),
      hostileIds,
    );
  });
});
