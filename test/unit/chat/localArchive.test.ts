import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseArchive, writeArchive } from '../../../src/chat/chatArchive.ts';
import { archiveMessage, archiveRoom, generatedRooms, openArchive, readAll } from './support/archives.ts';
import { askRoom, ofKind, openRooms, transcript } from './support/localRooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('the archive of local chatrooms', () => {
  it('is the same to the byte after an import of 200 generated rooms', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRooms, async (rooms) => {
        const first = openArchive(createMemoryFileStore());
        for (const room of rooms) assert.equal(await first.write(room), true);
        const exported = writeArchive(await readAll(first));
        assert.equal(decode(exported), decode(writeArchive(rooms)), 'nothing is lost on the way in');
        const second = openArchive(createMemoryFileStore(), 'other');
        for (const room of parseArchive(exported)) await second.write(room);
        assert.equal(decode(writeArchive(await readAll(second))), decode(exported));
      }),
      { numRuns: 2 },
    );
  });

  it('holds a room that was talked in, which goes on where it was imported', async () => {
    const files = createMemoryFileStore();
    const { rooms } = openRooms({ files });
    const { id } = await rooms.create({ name: 'r', metadata: { workspace: 'w' } });
    await askRoom(rooms, id, 'one');
    await rooms.rename(id, 'renamed');
    await askRoom(rooms, id, 'two');
    const exported = writeArchive(await readAll(openArchive(files)));
    assert.match(
      decode(exported),
      /"model":"anthropic:claude","message":\{"role":"assistant","content":"Re: one"/,
    );
    const elsewhere = createMemoryFileStore();
    for (const room of parseArchive(exported)) await openArchive(elsewhere, 'b').write(room);
    const other = openRooms({ files: elsewhere, connection: 'b' });
    const [listed] = await other.rooms.list({});
    assert.deepEqual(listed, (await rooms.list({}))[0]);
    assert.deepEqual(await other.rooms.listMessages(id, {}), await rooms.listMessages(id, {}));
    await askRoom(other.rooms, id, 'three');
    assert.deepEqual(
      other.requests[0]?.messages.map(({ content }) => content),
      ['one', 'Re: one', 'two', 'Re: two', 'three'],
      'in their wire form and nothing else',
    );
    assert.ok(other.requests[0]?.messages.every((message) => !('id' in message) && !('model' in message)));
    assert.equal((await transcript(other.rooms, id)).at(-1), 'assistant: Re: three');
  });

  it('imports a chat once, one that has changed beside the other, and one that was deleted again', async () => {
    const files = createMemoryFileStore();
    const room = archiveRoom({ messages: [archiveMessage('user', 'p')] });
    const changed = { ...room, messages: [...room.messages, archiveMessage('assistant', 'r')] };
    assert.equal(await openArchive(files).write(room), true);
    assert.equal(await openArchive(files).write(room), false);
    assert.equal(await openArchive(files).write(changed), true);
    assert.equal(await openArchive(files).write(changed), false, 'the copy is here already');
    assert.equal((await readAll(openArchive(files))).length, 2);
    await openRooms({ files }).rooms.remove(room.id);
    assert.equal(await openArchive(files).write(room), true);
    assert.equal(await openArchive(files).read(room.id), undefined, 'a removed room stays removed');
    const all = await readAll(openArchive(files));
    assert.deepEqual(
      all.map(({ messages }) => messages.length).toSorted((a, b) => a - b),
      [1, 2],
    );
    assert.equal(parseArchive(writeArchive(all)).length, 2, 'what comes out can go in');
    const fromServer = archiveRoom({ id: 'ch_1', kind: 'tachyon', name: 'old' });
    const archive = openArchive(createMemoryFileStore());
    await archive.write(fromServer);
    assert.deepEqual(await readAll(archive), [fromServer]);
  });

  it('makes no path of an id, and leaves nothing of a room that could not be written', async () => {
    const files = createMemoryFileStore();
    let left = 3;
    const full = openArchive({
      ...files,
      writeNew: async (path, bytes) => {
        if ((left -= 1) < 0) throw new Error('ENOSPC');
        await files.writeNew(path, bytes);
      },
    });
    const messages = Array.from({ length: 501 }, (_, i) => archiveMessage('user', 'p', `m${i}`));
    await full.write(archiveRoom({ id: '../../etc/passwd' }));
    await assert.rejects(full.write(archiveRoom({ id: 'long', messages })), /ENOSPC/);
    assert.equal(files.files.size, 2, 'the first room and its mark');
    for (const path of files.files.keys())
      assert.match(path, /^~rooms\/[0-9a-f]{40}\/[\w.-]+(?:\/[\w.-]+)?$/);
  });

  it('takes nothing from a window that imports the same chat at the same time', async () => {
    const files = createMemoryFileStore();
    const isThere = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const slow = openArchive({
      ...files,
      writeNew: async (path, bytes) => {
        if (path.includes('/room.')) {
          isThere.resolve();
          await held.promise;
        }
        await files.writeNew(path, bytes);
      },
    });
    const full = openArchive({ ...files, writeNew: () => Promise.reject(new Error('ENOSPC')) });
    const room = archiveRoom({ messages: [archiveMessage('user', 'p'), archiveMessage('assistant', 'r')] });
    const first = slow.write(room);
    await isThere.promise;
    await assert.rejects(full.write(room), /ENOSPC/);
    assert.equal(await openArchive(files).write({ ...room, messages: room.messages.slice(0, 1) }), true);
    held.resolve();
    assert.equal(await first, true);
    assert.deepEqual(
      (await readAll(openArchive(files))).map(({ messages }) => messages.length).toSorted((a, b) => a - b),
      [1, 2],
    );
  });

  it('goes on beside a room of a newer version, and after the rooms could not be read', async () => {
    const files = createMemoryFileStore();
    await openRooms({ files }).rooms.create({ name: 'n' });
    const [newer = ''] = ofKind(files.files, 'room');
    files.files.set(newer, new TextEncoder().encode('{"version":2}'));
    let isDown = true;
    const archive = openArchive({
      ...files,
      list: (folder) => (isDown ? Promise.reject(new Error('EIO')) : files.list(folder)),
    });
    await assert.rejects(archive.write(archiveRoom()), /EIO/);
    isDown = false;
    assert.equal(await archive.write(archiveRoom()), true);
    assert.equal(decode(files.files.get(newer) ?? new Uint8Array()), '{"version":2}');
  });

  it('imports a changed chat once although the place of its copy is taken', async () => {
    const files = createMemoryFileStore();
    const room = archiveRoom();
    const changed = { ...room, name: 'Changed' };
    await openArchive(files).write(room);
    await openArchive(files).write(changed);
    const copy = (await openArchive(files).ids()).find((id) => id !== room.id) ?? '';
    await openRooms({ files }).rooms.remove(copy);
    assert.equal(await openArchive(files).write(changed), true);
    assert.equal(await openArchive(files).write(changed), false);
    assert.equal((await readAll(openArchive(files))).length, 2);
  });

  it('puts new turns behind imported ones although the clock is behind', async () => {
    const files = createMemoryFileStore();
    await openArchive(files).write(
      archiveRoom({ updated_at: '2999-01-01T00:00:00.000Z', messages: [archiveMessage('user', 'old')] }),
    );
    const { rooms } = openRooms({ files, now: () => Date.parse('2020-01-01T00:00:00Z') });
    await askRoom(rooms, archiveRoom().id, 'new');
    assert.deepEqual(await transcript(rooms, archiveRoom().id), [
      'user: old',
      'user: new',
      'assistant: Re: old\n\nnew',
    ]);
    assert.deepEqual(await openRooms({ files, connection: 'b' }).rooms.list({}), []);
    const changedAt = Date.parse((await rooms.list({}))[0]?.updated_at ?? '');
    assert.ok(changedAt < Date.now() + 2 * 24 * 60 * 60 * 1000, 'a time that is far off counts as now');
  });

  it('keeps the order of messages that fill several files, and where a renamed room came from', async () => {
    const files = createMemoryFileStore();
    const reversed = { ...files, list: async (path: string) => (await files.list(path)).toReversed() };
    const messages = Array.from({ length: 1200 }, (_, i) => archiveMessage('user', `p${i}`, `m${i}`));
    await openArchive(files).write(archiveRoom({ id: 'ch_1', messages }));
    const [id = ''] = await openArchive(files).ids();
    await openRooms({ files }).rooms.rename(id, 'Renamed');
    const room = await openArchive(reversed).read(id);
    assert.deepEqual(room?.messages, messages);
    assert.deepEqual([room?.id, room?.kind, room?.name], ['ch_1', 'openai', 'Renamed']);
  });
});
