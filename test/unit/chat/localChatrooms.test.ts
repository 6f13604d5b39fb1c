import assert from 'node:assert/strict';
import type { ChatroomOperations } from '../../../src/api/endpoint.ts';
import type { FileStore } from '../../../src/chat/journal.ts';
import { askRoom, createClock, named, ofKind, openRooms } from './support/localRooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

describe('createLocalChatrooms', () => {
  it('creates, lists, renames and removes rooms, newest first', async () => {
    const clock = createClock();
    const files = createMemoryFileStore();
    const { rooms } = openRooms({ files, now: clock.now });
    const first = await rooms.create({ name: ' First ', metadata: { workspace: 'w' } });
    assert.match(first.id, /^local_[0-9a-f]{32}$/);
    assert.deepEqual(first, {
      id: first.id,
      name: 'First',
      metadata: { workspace: 'w' },
      created_at: '2026-01-02T03:04:05.000Z',
      updated_at: '2026-01-02T03:04:05.000Z',
    });
    clock.advance(1000);
    const second = await rooms.create({});
    const listed = async (query = {}) => (await openRooms({ files }).rooms.list(query)).map(({ id }) => id);
    assert.deepEqual(await listed(), [second.id, first.id]);
    clock.advance(1000);
    await assert.rejects(rooms.create({}, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    const renamed = await rooms.rename(first.id, 'Renamed');
    assert.deepEqual(renamed, { ...first, name: 'Renamed', updated_at: '2026-01-02T03:04:07.000Z' });
    assert.deepEqual((await rooms.list({}))[0], renamed);
    assert.equal(ofKind(files.files, 'room').length, 2, 'the older version is gone');
    assert.equal(files.files.size, 4, 'each has a name and a mark');
    clock.advance(1000);
    await askRoom(rooms, second.id, 'x');
    assert.deepEqual(await listed(), [second.id, first.id]);
    await rooms.remove(second.id);
    assert.equal(files.files.size, 3, 'a name with its mark, and that the other one is gone');
    assert.deepEqual(await listed(), [first.id]);
    await assert.rejects(rooms.remove(second.id), { kind: 'notFound' });
  });

  it('pages and searches names and texts in any case', async () => {
    const { rooms } = openRooms();
    const ids: string[] = [];
    for (let i = 0; i < 25; i += 1) ids.unshift((await rooms.create(named(`Room ${i}`))).id);
    const list = async (query: object) => (await rooms.list(query)).map(({ id }) => id);
    assert.deepEqual(await list({}), ids.slice(0, 20));
    assert.deepEqual(await list({ limit: 3, offset: 2 }), ids.slice(2, 5));
    assert.deepEqual(await list({ search: 'rOOM 24' }), ids.slice(0, 1));
    await askRoom(rooms, ids[20] ?? '', 'Where is the Needle?');
    assert.deepEqual(await list({ search: 'needle' }), [ids[20]]);
    assert.deepEqual(await list({ search: 'nowhere' }), []);
  });

  it('lists messages oldest first, with ids that stay and times that grow', async () => {
    const clock = createClock();
    const { rooms } = openRooms({ now: clock.now });
    const { id } = await rooms.create(named('r'));
    // 106 messages without a tick of the clock, then it goes back.
    for (let i = 0; i < 53; i += 1) {
      if (i === 30) clock.advance(-3_600_000);
      await askRoom(rooms, id, `p${i}`);
    }
    const all = [
      ...(await rooms.listMessages(id, { limit: 500 })),
      ...(await rooms.listMessages(id, { offset: 100 })),
    ];
    assert.equal(all.length, 106);
    assert.deepEqual(
      all.map(({ text }) => text),
      Array.from({ length: 53 }, (_, i) => [`p${i}`, `Re: p${i}`]).flat(),
    );
    assert.equal(new Set(all.map((message) => message.id)).size, 106);
    const times = all.map(({ created_at }) => created_at ?? '');
    assert.deepEqual(times, [...new Set(times)].toSorted());
    assert.deepEqual(await rooms.listMessages(id, {}), all.slice(0, 20));
    const found = await rooms.listMessages(id, { search: 'RE: P52' });
    assert.deepEqual(found, [all[105]]);
    assert.equal(found[0]?.type, 'text');
  });

  it('refuses odd and unknown ids and never makes a path of them or of a connection', async () => {
    const files = createMemoryFileStore();
    const paths = new Set<string>();
    const noted: FileStore = {
      list: (path) => files.list(note(path)),
      read: (path) => files.read(note(path)),
      writeNew: (path, bytes) => files.writeNew(note(path), bytes),
      remove: (path) => files.remove(note(path)),
    };
    function note(path: string): string {
      paths.add(path);
      return path;
    }
    const { rooms, requests } = openRooms({ files: noted, connection: '../../con' });
    const { id } = await rooms.create(named('r'));
    await askRoom(rooms, id, 'p');
    const other = openRooms({ files: noted, connection: 'b' }).rooms;
    assert.deepEqual(await other.list({}), [], 'another connection');
    const before = [...files.files.keys()];
    const bad = [
      ['', 'invalidRequest', rooms],
      ['..', 'invalidRequest', rooms],
      [`../${id}`, 'notFound', rooms],
      [`${id}/..`, 'notFound', rooms],
      [id.toUpperCase(), 'notFound', rooms],
      ['ch_1', 'notFound', rooms],
      [`local_${'0'.repeat(32)}`, 'notFound', rooms],
      [id, 'notFound', other],
    ] as const;
    for (const [odd, kind, of] of bad) {
      for (const call of operations(of, odd)) await assert.rejects(call, { kind }, odd);
    }
    assert.deepEqual([...files.files.keys()], before);
    assert.equal(requests.length, 1);
    for (const path of paths) {
      assert.match(
        path,
        /^~rooms\/[0-9a-f]{40}(?:\/(?:at\.\d{15}\.[\w-]+\.local_[0-9a-f]{32}\.json|local_[0-9a-f]{32}(?:\/[a-z]+\.\d{15}\.[\w-]+\.\d+\.json)?))?$/,
      );
    }
  });
});

function operations(rooms: ChatroomOperations, id: string): (() => Promise<unknown>)[] {
  return [
    () => rooms.rename(id, 'x'),
    () => rooms.remove(id),
    () => rooms.listMessages(id, {}),
    () => askRoom(rooms, id, 'x'),
  ];
}
