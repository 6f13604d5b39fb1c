import assert from 'node:assert/strict';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import type { TurnRecord } from '../../../src/chat/turns.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

let clock = Math.floor(Date.now() / 1000);
function record(turn: string, more: Partial<TurnRecord> = {}): TurnRecord {
  clock += 1;
  return {
    turn,
    conversation: 'c',
    connection: 'tachyon',
    room: 'ch_1',
    surface: 'participant',
    promptHash: 'ab'.repeat(32),
    askedAt: new Date(clock * 1000).toISOString(),
    prompt: 'text',
    ...more,
  };
}

function withoutRoom(turn: string): TurnRecord {
  const { room: _, ...rest } = record(turn);
  return rest;
}

describe('createFileJournal', () => {
  it('keeps turns of a room oldest first and drops a prompt', async () => {
    const journal = createFileJournal(createMemoryFileStore(), 'w');
    await journal.begin(record('t1'));
    await journal.begin(record('t2', { parent: 't1' }));
    await journal.update('t1', 'ch_1', { outcome: 'answered', prompt: undefined });
    const [first, second] = await journal.records('ch_1');
    assert.equal(first?.turn, 't1');
    assert.equal(first?.outcome, 'answered');
    assert.equal('prompt' in first, false);
    assert.equal(second?.prompt, 'text');
  });

  it('finds a turn before and after its room is known', async () => {
    const files = createMemoryFileStore();
    const journal = createFileJournal(files, 'w');
    await journal.begin(withoutRoom('t1'));
    assert.equal((await journal.find('ab'.repeat(32)))[0]?.room, undefined);
    await journal.bind('t1', undefined, 'CH/../odd room');
    const other = createFileJournal(files, 'other');
    assert.equal((await other.find('ab'.repeat(32), 'c'))[0]?.room, 'CH/../odd room');
    assert.equal((await other.records('CH/../odd room')).length, 1);
    assert.deepEqual(await other.find('ab'.repeat(32), 'another'), []);
    for (const path of files.files.keys()) assert.match(path, /^[a-z0-9~_-]+(\/[a-z0-9~_.-]+)+$/);
  });

  it('keeps the turns of the last rooms in memory, and of no more', async () => {
    const files = createMemoryFileStore();
    const read: string[] = [];
    const counting = { ...files, read: (path: string) => (read.push(path), files.read(path)) };
    const journal = createFileJournal(counting, 'w');
    for (let room = 0; room < 20; room += 1) await journal.begin(record(`t${room}`, { room: `ch_${room}` }));
    await journal.records('ch_19');
    assert.deepEqual(read, []);
    assert.equal((await journal.records('ch_0'))[0]?.turn, 't0');
    assert.equal(read.length, 1);
  });

  it('never overwrites, keeps only the newest version, and two writers never share a file', async () => {
    const files = createMemoryFileStore();
    const [a, b] = [createFileJournal(files, 'a'), createFileJournal(files, 'b')];
    await a.begin(record('t1'));
    await Promise.all([
      a.update('t1', 'ch_1', { outcome: 'answered' }),
      b.update('t1', 'ch_1', { outcome: 'answered', foreign: 1 }),
    ]);
    await a.update('t1', 'ch_1', { elsewhere: 2 });
    assert.equal((await b.records('ch_1'))[0]?.elsewhere, 2);
    await Promise.all([1, 2, 3, 4].map((foreign) => a.update('t1', 'ch_1', { foreign })));
    assert.equal((await b.records('ch_1'))[0]?.foreign, 4);
    const left = [...files.files.keys()].filter((path) => path.startsWith('ch_1/'));
    assert.equal(left.length, 1);
  });

  it('skips torn and foreign files and falls back to the version before', async () => {
    const files = createMemoryFileStore();
    const journal = createFileJournal(files, 'w');
    await journal.begin(record('t1'));
    const whole = [...files.files].find(([path]) => path.startsWith('ch_1/'))?.[1] ?? new Uint8Array();
    for (let length = 0; length < whole.length; length += 7) {
      files.files.set(`ch_1/t1.9.x${length}.json`, whole.slice(0, length));
    }
    files.files.set('ch_1/t2.0.w.json', new Uint8Array(200));
    files.files.set('ch_1/t3.0.w.json', new TextEncoder().encode('{"turn":3}'));
    files.files.set('ch_1/note.txt', new Uint8Array(3));
    const records = await createFileJournal(files, 'other').records('ch_1');
    assert.deepEqual(
      records.map(({ turn }) => turn),
      ['t1'],
    );
  });

  it('reads again when a listed version was replaced meanwhile', async () => {
    const files = createMemoryFileStore();
    const journal = createFileJournal(files, 'w');
    await journal.begin(record('t1'));
    let replaced = false;
    const racing = createFileJournal(
      {
        ...files,
        read: async (path) => {
          if (!replaced) {
            replaced = true;
            await journal.update('t1', 'ch_1', { foreign: 1 });
            await journal.update('t1', 'ch_1', { foreign: 2 });
          }
          return files.read(path);
        },
      },
      'other',
    );
    assert.equal((await racing.records('ch_1'))[0]?.foreign, 2);
  });

  it('moves a turn whose room was gone', async () => {
    const journal = createFileJournal(createMemoryFileStore(), 'w');
    await journal.begin(record('t1', { parent: 't0', carriedStored: true, foreign: 2 }));
    await journal.bind('t1', 'ch_1', 'ch_2');
    assert.deepEqual(await journal.records('ch_1'), []);
    const [moved] = await journal.records('ch_2');
    assert.equal(moved?.room, 'ch_2');
    assert.equal(moved?.parent, undefined);
    assert.equal(moved?.carriedStored, undefined, 'seen in the other room');
    assert.equal(moved?.foreign, undefined);
  });

  it('discards a turn that never reached a room, at the latest after 30 days', async () => {
    const files = createMemoryFileStore();
    const journal = createFileJournal(files, 'w');
    await journal.begin(withoutRoom('t1'));
    await journal.discard('t1');
    await journal.discard('nobody');
    assert.equal(files.files.size, 0);
    const old = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000).toISOString();
    await journal.begin({ ...withoutRoom('old'), askedAt: old });
    await journal.begin(withoutRoom('new'));
    const found = await createFileJournal(files, 'other').find('ab'.repeat(32));
    assert.deepEqual(
      found.map(({ turn }) => turn),
      ['new'],
    );
    assert.equal(files.files.size, 1);
  });

  it('leaves unknown turns alone', async () => {
    const journal = createFileJournal(createMemoryFileStore(), 'w');
    await journal.update('nobody', 'ch_1', { outcome: 'answered' });
    await journal.bind('nobody', undefined, 'ch_1');
    assert.deepEqual(await journal.records('ch_1'), []);
  });
});
