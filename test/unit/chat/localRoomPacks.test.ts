import assert from 'node:assert/strict';
import type { FileStore } from '../../../src/chat/journal.ts';
import { askRoom, createClock, named, ofKind, openRooms, transcript, user } from './support/localRooms.ts';
import { textChunk } from './support/memoryChatrooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

/** The calls of a store, by what is done. */
function counted(
  files: FileStore,
): FileStore & { readonly calls: Record<'list' | 'read' | 'write', number> } {
  const calls = { list: 0, read: 0, write: 0 };
  return {
    ...files,
    calls,
    list: (path) => ((calls.list += 1), files.list(path)),
    read: (path) => ((calls.read += 1), files.read(path)),
    writeNew: (path, bytes) => ((calls.write += 1), files.writeNew(path, bytes)),
  };
}

async function longRoom(files: FileStore, turns: number, more: object = {}): Promise<string> {
  const { rooms } = openRooms({ files, ...more });
  const { id } = await rooms.create(named('long'));
  for (let turn = 0; turn < turns; turn += 1) await askRoom(rooms, id, `p${turn}`);
  return id;
}

describe('a local chatroom of many turns', () => {
  it('is few files, and says and lists the same as many', async () => {
    const files = createMemoryFileStore();
    const id = await longRoom(files, 64);
    const before = await openRooms({ files }).rooms.listMessages(id, { limit: 100 });
    const whole = await openRooms({ files }).rooms.listMessages(id, { limit: 100, offset: 100 });
    assert.equal(ofKind(files.files, 'pack').length, 0);
    const { rooms } = openRooms({ files });
    await askRoom(rooms, id, 'p64');
    assert.deepEqual([ofKind(files.files, 'pack').length, ofKind(files.files, 'asked').length], [1, 1]);
    for (let turn = 65; turn < 200; turn += 1) await askRoom(rooms, id, `p${turn}`);
    assert.equal(ofKind(files.files, 'pack').length, 3);
    assert.ok(files.files.size < 30, `${files.files.size} files`);
    const packed = ofKind(files.files, 'pack').map((path) => new TextDecoder().decode(files.files.get(path)));
    assert.equal(packed.join('').split('"content":"p7"').length, 2, 'each turn is in one file only');
    const other = counted(files);
    const reopened = openRooms({ files: other });
    const after = await reopened.rooms.listMessages(id, { limit: 100 });
    assert.deepEqual(after, before);
    assert.deepEqual(await reopened.rooms.listMessages(id, { limit: 28, offset: 100 }), whole);
    const reads = other.calls.read;
    for (let offset = 0; offset < 400; offset += 100)
      await reopened.rooms.listMessages(id, { limit: 100, offset });
    assert.ok(other.calls.read - reads <= 4, 'a page more reads the name of the room and no turn again');
    assert.equal(await askRoom(reopened.rooms, id, 'last'), 'Re: last');
    const sent = reopened.requests[0]?.messages.map(({ content }) => content) ?? [];
    assert.deepEqual(sent, [...Array.from({ length: 200 }, (_, i) => [`p${i}`, `Re: p${i}`]).flat(), 'last']);
    assert.equal((await reopened.rooms.list({ search: 'p150' }))[0]?.id, id);
  });

  it('loses no turn when the host is killed while they become one file, nor has one twice', async () => {
    for (const point of ['before the file', 'the file is torn', 'after the file', 'some are gone'] as const) {
      const files = createMemoryFileStore();
      const id = await longRoom(files, 64);
      let isKilled = false;
      let removed = 0;
      const dying: FileStore = {
        ...files,
        writeNew: async (path, bytes) => {
          if (isKilled) return;
          const isPack = path.includes('/pack.');
          isKilled = isPack && point !== 'some are gone';
          if (isPack && point === 'before the file') return;
          const torn = isPack && point === 'the file is torn';
          await files.writeNew(path, torn ? bytes.slice(0, bytes.length / 2) : bytes);
        },
        remove: async (path) => {
          if (isKilled) return;
          isKilled = path.includes('/asked.') && (removed += 1) > 10;
          await files.remove(path);
        },
      };
      await askRoom(openRooms({ files: dying }).rooms, id, 'p64');
      const all = await openRooms({ files }).rooms.listMessages(id, { limit: 100 });
      const rest = await openRooms({ files }).rooms.listMessages(id, { limit: 100, offset: 100 });
      const packs = ofKind(files.files, 'pack').length;
      const left = point === 'the file is torn' ? 65 : packs === 0 ? 65 : 1;
      assert.equal(ofKind(files.files, 'asked').length, left, 'what the file replaces is gone');
      assert.deepEqual(
        [...all, ...rest].map(({ text }) => text),
        Array.from({ length: 65 }, (_, i) => [`p${i}`, `Re: p${i}`]).flat(),
        point,
      );
    }
  });

  it('keeps its files where the disk tells that it wrote what it did not', async () => {
    const files = createMemoryFileStore();
    const id = await longRoom(files, 64);
    const errors: unknown[] = [];
    const lying = openRooms({
      files: {
        ...files,
        writeNew: (path, bytes) => files.writeNew(path, path.includes('/pack.') ? bytes.slice(0, -1) : bytes),
      },
      onError: (error) => errors.push(error),
    });
    await askRoom(lying.rooms, id, 'p64');
    assert.equal(errors.length, 1);
    assert.equal(ofKind(files.files, 'asked').length, 65);
  });

  it('leaves out turns that another window still writes, and what came after them', async () => {
    const clock = createClock();
    const files = createMemoryFileStore();
    const id = await longRoom(files, 10, { now: clock.now });
    const { rooms } = openRooms({ files, now: clock.now });
    const chunks = rooms.streamChatCompletion(id, { messages: [user('running')] });
    const running = chunks[Symbol.asyncIterator]();
    await running.next();
    const window = openRooms({ files, now: clock.now, writer: 'two' }).rooms;
    for (let turn = 0; turn < 80; turn += 1) await askRoom(window, id, `q${turn}`);
    assert.equal(ofKind(files.files, 'pack').length, 0);
    await running.next();
    await running.next();
    await askRoom(window, id, 'end');
    assert.equal(ofKind(files.files, 'pack').length, 1);
    assert.ok(
      (await openRooms({ files }).rooms.listMessages(id, { limit: 100 })).some(
        ({ text }) => text === 'Re: running',
      ),
    );
    // Nobody comes back to a turn of a host that was killed a week ago.
    for (const path of ofKind(files.files, 'reply').slice(0, 1)) files.files.delete(path);
    for (let turn = 0; turn < 70; turn += 1) await askRoom(window, id, `r${turn}`);
    const packs = ofKind(files.files, 'pack').length;
    clock.advance(8 * 24 * 60 * 60 * 1000);
    await askRoom(window, id, 'later');
    assert.ok(ofKind(files.files, 'pack').length >= packs);
    assert.ok(ofKind(files.files, 'asked').length <= 64);
  });

  it('shows nothing twice that two windows packed', async () => {
    const files = createMemoryFileStore();
    const id = await longRoom(files, 64);
    const one = openRooms({ files: { ...files, remove: async () => undefined } }).rooms;
    await askRoom(one, id, 'a');
    await askRoom(one, id, 'b');
    const all = [
      ...(await openRooms({ files }).rooms.listMessages(id, { limit: 100 })),
      ...(await openRooms({ files }).rooms.listMessages(id, { limit: 100, offset: 100 })),
    ];
    assert.equal(all.length, 132);
    assert.equal(new Set(all.map((message) => message.id)).size, 132);
    assert.equal((await transcript(openRooms({ files }).rooms, id)).length, 100);
  });

  it('is packed without a word by two windows that finish in it at once', async () => {
    const files = createMemoryFileStore();
    const id = await longRoom(files, 64);
    const errors: unknown[] = [];
    const bothAsked = Promise.withResolvers<void>();
    let asked = 0;
    async function* together() {
      if ((asked += 1) === 2) bothAsked.resolve();
      await bothAsked.promise;
      yield textChunk('r', 'stop');
    }
    const windows = ['w1', 'w2'].map((writer) =>
      openRooms({ files, writer, onError: (error) => errors.push(error), streamChatCompletion: together }),
    );
    await Promise.all(windows.map(({ rooms }) => askRoom(rooms, id, 'p')));
    assert.deepEqual(errors, []);
    assert.deepEqual([ofKind(files.files, 'pack').length, ofKind(files.files, 'asked').length], [1, 2]);
  });
});

describe('the list of local chatrooms', () => {
  it('looks into the rooms of its page only', async () => {
    const files = createMemoryFileStore();
    const clock = createClock();
    const { rooms } = openRooms({ files, now: clock.now });
    const ids: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      clock.advance(1000);
      ids.unshift((await rooms.create(named(`Room ${i}`))).id);
    }
    const store = counted(files);
    const window = openRooms({ files: store }).rooms;
    assert.deepEqual(
      (await window.list({ limit: 5, offset: 50 })).map(({ id }) => id),
      ids.slice(50, 55),
    );
    assert.deepEqual(store.calls, { list: 6, read: 5, write: 0 });
    await window.list({ limit: 5, offset: 50 });
    assert.deepEqual(store.calls, { list: 7, read: 5, write: 0 }, 'what has not changed is known');
    await window.rename(ids[50] ?? '', 'Renamed');
    assert.equal((await window.list({ limit: 1 }))[0]?.name, 'Renamed');
  });

  it('finds rooms whose mark was never written, and keeps one mark a room', async () => {
    const files = createMemoryFileStore();
    const clock = createClock();
    const now = () => (clock.advance(1000), clock.now());
    const unmarked = openRooms({
      now,
      files: {
        ...files,
        writeNew: (path, bytes) =>
          path.includes('/at.') ? Promise.reject(new Error('EIO')) : files.writeNew(path, bytes),
      },
    }).rooms;
    const { id } = await unmarked.create(named('first'));
    await askRoom(unmarked, id, 'p');
    const { rooms } = openRooms({ files, now });
    await rooms.create(named('second'));
    assert.deepEqual(
      (await rooms.list({})).map(({ name }) => name),
      ['second', 'first'],
    );
    assert.equal(ofKind(files.files, 'at').length, 2);
    const [mark = ''] = ofKind(files.files, 'at').filter((path) => path.includes(id));
    files.files.set(mark.replace(/at\.\d+/, 'at.000000000000001'), new Uint8Array());
    for (const writer of ['one', 'two', 'three'])
      await askRoom(openRooms({ files, now, writer }).rooms, id, 'again');
    await rooms.list({});
    assert.equal(ofKind(files.files, 'at').length, 2);
    assert.equal((await rooms.list({}))[0]?.id, id);
  });

  it('looks into a removed room for a day, for what another window may write into it', async () => {
    const files = createMemoryFileStore();
    const clock = createClock();
    const { rooms } = openRooms({ files, now: clock.now });
    const { id } = await rooms.create(named('gone'));
    await rooms.remove(id);
    const store = counted(files);
    const listed = async () => {
      const before = store.calls.list;
      assert.deepEqual(await openRooms({ files: store, now: clock.now }).rooms.list({}), []);
      return store.calls.list - before;
    };
    assert.equal(await listed(), 2);
    clock.advance(25 * 60 * 60 * 1000);
    assert.equal(await listed(), 2, 'for the last time');
    assert.equal(await listed(), 1);
  });
});
