import assert from 'node:assert/strict';
import { setImmediate as settled } from 'node:timers/promises';
import type { FileStore } from '../../../src/chat/journal.ts';
import {
  askRoom,
  named,
  ofKind,
  openRooms,
  pieces,
  slowWindow,
  transcript,
  user,
} from './support/localRooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

type Change = 'writeNew' | 'remove';

/** Calls `before` ahead of each change of the files; where it is false, the change does not happen. */
function watched(
  files: FileStore,
  before: (change: Change, path: string, bytes?: Uint8Array) => boolean,
): FileStore {
  return {
    ...files,
    writeNew: async (path, bytes) =>
      void (before('writeNew', path, bytes) && (await files.writeNew(path, bytes))),
    remove: async (path) => void (before('remove', path) && (await files.remove(path))),
  };
}

function broken(): Promise<never> {
  return Promise.reject(new Error('EACCES'));
}

describe('local chatrooms on a disk that fails', () => {
  it('lose at most a second of a reply when the host is killed, at whatever write and torn or not', async () => {
    let isReached = true;
    for (let last = 0; isReached; last += 1) {
      for (const tears of [false, true]) {
        const files = createMemoryFileStore();
        const { id } = await openRooms({ files }).rooms.create(named('r'));
        let changes = 0;
        let killedAt: number | undefined;
        const disk = watched(files, (_, path, bytes) => {
          if ((changes += 1) <= last) return true;
          if (killedAt === undefined && tears && bytes) {
            files.files.set(path, bytes.slice(0, bytes.length / 2));
          }
          killedAt ??= now();
          return false;
        });
        const { rooms, now, arrived } = slowWindow(disk);
        await askRoom(rooms, id, 'p');
        isReached = killedAt !== undefined;
        const reopened = openRooms({ files, writer: 'reopened' });
        const [prompt, reply = '', ...rest] = await transcript(reopened.rooms, id);
        const text = reply.replace(/^assistant: /, '');
        assert.ok(pieces.join('').startsWith(text), text);
        const until = (killedAt ?? Infinity) - 1000;
        const safe = arrived.findLast(({ at }) => at < until)?.text ?? '';
        assert.ok(text.length >= safe.length, `${last}: ${text} lacks some of ${safe}`);
        assert.equal(prompt, last > 0 ? 'user: p' : undefined);
        assert.deepEqual(rest, []);
        await askRoom(reopened.rooms, id, 'next');
        const sent = reopened.requests[0]?.messages.map(({ content }) => content);
        const expected = text === '' ? [prompt ? 'p\n\nnext' : 'next'] : ['p', text, 'next'];
        assert.deepEqual(sent, expected, 'what is left is sent again');
        if (text === pieces.join('')) assert.deepEqual(ofKind(files.files, 'part'), [], 'nothing twice');
      }
    }
  });

  it('skip torn files and read the version before', async () => {
    const files = createMemoryFileStore();
    const { rooms } = openRooms({ files });
    const { id } = await rooms.create(named('r'));
    await askRoom(rooms, id, 'p');
    for (const [path, bytes] of new Map(files.files)) {
      const at = path.lastIndexOf('/');
      const [folder, name] = [path.slice(0, at), path.slice(at + 1)] as const;
      for (let length = 0; length < bytes.length; length += 5) {
        // Of the same stamp with a higher number, and of a later stamp.
        for (const newer of [
          name.replace(/\d+\.json$/, `${length + 10}.json`),
          name.replace(/\.\d{15}\./, `.${900_000_000_000_000 + length}.`),
        ]) {
          files.files.set(`${folder}/${newer}`, bytes.slice(0, length));
        }
      }
      files.files.set(`${folder}/note.txt`, bytes);
      files.files.set(
        `${folder}/room.999999999999999.x.0.json`,
        new TextEncoder().encode('{"name":3,"createdAt":1}'),
      );
    }
    files.files.set('~rooms/other/x', new Uint8Array());
    const other = openRooms({ files, writer: 'other' }).rooms;
    assert.deepEqual(
      (await other.list({})).map(({ name }) => name),
      ['r'],
    );
    assert.deepEqual(await transcript(other, id), ['user: p', 'assistant: Re: p']);
  });

  it('answer all the same, say so once, and store what the disk takes again later', async () => {
    // Which writes of the turn fail, and what is left of the reply.
    const cases: [string, (path: string, count: number) => boolean, boolean][] = [
      ['all', () => true, false],
      ['the first', (_, count) => count === 1, true],
      ['some parts', (path, count) => path.includes('/part.') && count % 2 === 0, true],
      ['the whole reply', (path) => path.includes('/reply.'), true],
      ['parts and the whole reply', (path, count) => path.includes('/reply.') || count % 2 === 0, true],
    ];
    for (const [name, fails, isKept] of cases) {
      for (const leaves of ['nothing', 'half', 'all'] as const) {
        const files = createMemoryFileStore();
        let count = 0;
        const disk = watched(files, (change, path, bytes) => {
          if (change === 'remove' || path.includes('/room.') || path.includes('/at.')) return true;
          if (!fails(path, (count += 1))) return true;
          if (bytes && leaves === 'half') files.files.set(path, bytes.slice(0, bytes.length / 2));
          if (bytes && leaves === 'all' && !path.includes('/reply.')) files.files.set(path, bytes);
          throw new Error('ENOSPC');
        });
        const errors: unknown[] = [];
        const { rooms } = slowWindow(disk, (error) => errors.push(error));
        const { id } = await rooms.create(named('r'));
        assert.equal(await askRoom(rooms, id, 'p'), pieces.join(''), name);
        assert.deepEqual(errors, [new Error('ENOSPC')], name);
        const reopened = openRooms({ files }).rooms;
        const [prompt, reply = ''] = await transcript(reopened, id);
        if (isKept) assert.equal(prompt, 'user: p', name);
        // Without the whole one, the parts, of which every other fails: all but the last two seconds.
        const least = name === 'parts and the whole reply' ? 8 : name === 'the whole reply' ? 10 : 12;
        assert.ok(`assistant: ${pieces.join('')}`.startsWith(reply), `${name}: ${reply}`);
        if (isKept)
          assert.ok(reply.startsWith(`assistant: ${pieces.slice(0, least).join('')}`), `${name}: ${reply}`);
        if (!isKept && leaves !== 'all') assert.equal(prompt, undefined);
      }
    }
  });

  it('keep a short answer whose prompt is only written at the second attempt', async () => {
    const files = createMemoryFileStore();
    let count = 0;
    const disk = watched(files, () => {
      if ((count += 1) === 2) throw new Error('EBUSY');
      return true;
    });
    const { rooms } = openRooms({ files: disk });
    const { id } = await rooms.create(named('r'));
    await askRoom(rooms, id, 'p');
    assert.deepEqual(await transcript(rooms, id), ['user: p', 'assistant: Re: p']);
  });

  it('end a reply before a piece that is missing', async () => {
    // Pieces are joined to parts 0, 1–2, 3–4, 5–7 and 8–9; the whole reply is never written.
    for (const [part, kept] of [0, 1, 3, 5, 8, 10].entries()) {
      const files = createMemoryFileStore();
      const disk = watched(files, (_, path) => !path.includes('/reply.'));
      const { rooms } = slowWindow({ ...disk, remove: async () => undefined });
      const { id } = await rooms.create(named('r'));
      await askRoom(rooms, id, 'p');
      const parts = ofKind(files.files, 'part');
      assert.equal(parts.length, 5);
      files.files.delete(parts[part] ?? '');
      const reply = kept === 0 ? [] : [`assistant: ${pieces.slice(0, kept).join('')}`];
      assert.deepEqual(await transcript(rooms, id), ['user: p', ...reply]);
    }
  });

  it('keep a reply while it grows although the clock goes back', async () => {
    const files = createMemoryFileStore();
    const { rooms, setBack } = slowWindow(files);
    const { id } = await rooms.create(named('r'));
    const chunks = rooms.streamChatCompletion(id, { messages: [user('p')] })[Symbol.asyncIterator]();
    await chunks.next();
    setBack(3_600_000);
    for (let i = 0; i < 3; i += 1) await chunks.next();
    const kept = await transcript(openRooms({ files }).rooms, id);
    assert.deepEqual(kept, ['user: p', `assistant: ${pieces.slice(0, 3).join('')}`]);
  });

  it('keep what came last of a reply that makes a pause', async () => {
    const files = createMemoryFileStore();
    const { rooms, advance } = slowWindow(files);
    const { id } = await rooms.create(named('r'));
    const chunks = rooms.streamChatCompletion(id, { messages: [user('p')] })[Symbol.asyncIterator]();
    await chunks.next();
    await chunks.next();
    advance(1000);
    await settled();
    const kept = await transcript(openRooms({ files }).rooms, id);
    assert.deepEqual(kept, ['user: p', `assistant: ${pieces.slice(0, 2).join('')}`]);
  });

  it('read the newest name where the older one could not be removed', async () => {
    const files = createMemoryFileStore();
    const { rooms } = openRooms({ files: { ...files, remove: broken } });
    const { id } = await rooms.create(named('v0'));
    for (const name of ['v1', 'v2']) await rooms.rename(id, name);
    assert.equal(ofKind(files.files, 'room').length, 3);
    assert.equal((await rooms.list({}))[0]?.name, 'v2');
  });

  it('reject what has no answer to go on with', async () => {
    const files = createMemoryFileStore();
    const { id } = await openRooms({ files }).rooms.create(named('r'));
    const unwritable = openRooms({ files: { ...files, writeNew: broken } });
    await assert.rejects(unwritable.rooms.create(named('x')), /EACCES/);
    await assert.rejects(unwritable.rooms.rename(id, 'x'), /EACCES/);
    await assert.rejects(unwritable.rooms.remove(id), /EACCES/);
    const unreadable = openRooms({ files: { ...files, read: broken } });
    await assert.rejects(unreadable.rooms.list({}), /EACCES/);
    await assert.rejects(askRoom(unreadable.rooms, id, 'x'), /EACCES/, 'never without the history');
    assert.deepEqual(unreadable.requests, []);
  });
});
