import assert from 'node:assert/strict';
import type { FileStore } from '../../../src/chat/journal.ts';
import { describeStorageError, StorageError, storageFault } from '../../../src/chat/storageError.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { askRoom, createClock, named, ofKind, openRooms, transcript } from './support/localRooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

const hour = 60 * 60 * 1000;

async function twoRooms() {
  const files = createMemoryFileStore();
  const clock = createClock();
  const { rooms } = openRooms({ files, now: clock.now });
  const [bad, good] = [await rooms.create(named('bad')), await rooms.create(named('good'))];
  for (const { id } of [bad, good]) await askRoom(rooms, id, 'p');
  const fileOf = (kind: string) => ofKind(files.files, kind).find((path) => path.includes(bad.id)) ?? '';
  const torn: string[] = [];
  const errors: unknown[] = [];
  const reopen = (store: FileStore = files) =>
    openRooms({
      files: store,
      now: clock.now,
      onTorn: (id) => torn.push(id),
      onError: (error) => errors.push(error),
    }).rooms;
  return { files, clock, bad: bad.id, good: good.id, fileOf, torn, errors, reopen };
}

describe('a torn file of a local chatroom', () => {
  it('is kept aside, and the rest of the room and all others go on', async () => {
    const cases = [
      ['room', ['user: p', 'assistant: Re: p'], ''],
      ['asked', ['assistant: Re: p'], 'bad'],
      ['reply', ['user: p'], 'bad'],
    ] as const;
    for (const [kind, left, name] of cases) {
      const { files, clock, bad, good, fileOf, torn, reopen } = await twoRooms();
      const path = fileOf(kind);
      const half = (files.files.get(path) ?? new Uint8Array()).slice(0, 20);
      files.files.set(path, half);
      await reopen().listMessages(bad, {});
      await reopen().list({});
      assert.deepEqual([ofKind(files.files, kind).includes(path), torn], [true, []], 'it may be under way');
      clock.advance(hour);
      assert.deepEqual(await transcript(reopen(), bad), left, kind);
      assert.deepEqual(
        (await reopen().list({})).map((room) => room.name),
        ['good', name],
      );
      assert.equal(files.files.has(path), false);
      assert.deepEqual(files.files.get(path.replace('~rooms/', '~aside/')), half, 'not a byte is lost');
      assert.deepEqual(torn, [bad]);
      assert.deepEqual(await transcript(reopen(), good), ['user: p', 'assistant: Re: p']);
      assert.equal(
        await askRoom(reopen(), bad, 'q'),
        kind === 'reply' ? 'Re: p\n\nq' : 'Re: q',
        'it goes on',
      );
    }
  });

  it('stays until its copy is whole', async () => {
    const { files, clock, bad, fileOf, torn, reopen } = await twoRooms();
    const path = fileOf('reply');
    files.files.set(path, new Uint8Array([123]));
    clock.advance(hour);
    const full = { ...files, writeNew: () => Promise.reject(new Error('ENOSPC')) };
    assert.deepEqual(await transcript(reopen(full), bad), ['user: p']);
    assert.equal(files.files.has(path), true);
    const aside = path.replace('~rooms/', '~aside/');
    files.files.set(aside, new Uint8Array([124]));
    await transcript(reopen(), bad);
    assert.equal(files.files.has(path), true, 'another file stands there');
    files.files.set(aside, new Uint8Array([123]));
    await transcript(reopen(), bad);
    assert.deepEqual([files.files.has(path), torn], [false, [bad]], 'an attempt before came that far');
  });
});

describe('a local chatroom of a newer version', () => {
  it('is left as it is and told, and the others are listed', async () => {
    for (const kind of ['room', 'asked', 'reply']) {
      const { files, clock, bad, good, fileOf, errors, reopen } = await twoRooms();
      const path = fileOf(kind);
      files.files.set(path, new TextEncoder().encode('{"version":2,"name":"n","createdAt":1}'));
      clock.advance(hour);
      const before = new Map(files.files);
      const error = new StorageError('newerVersion');
      await assert.rejects(reopen().listMessages(bad, {}), error);
      await assert.rejects(askRoom(reopen(), bad, 'q'), error);
      const listed = (await reopen().list({ search: 'p' })).map(({ id }) => id);
      assert.deepEqual(listed, [good]);
      assert.deepEqual(errors[0], error);
      assert.deepEqual(files.files, before);
    }
  });
});

describe('local chatrooms that cannot all be read', () => {
  it('are listed without those', async () => {
    const { files, bad, good, errors, reopen } = await twoRooms();
    const denied = {
      ...files,
      read: (path: string) =>
        path.includes(bad) ? Promise.reject(new StorageError('readOnly')) : files.read(path),
    };
    assert.deepEqual(
      (await reopen(denied).list({})).map(({ id }) => id),
      [good],
    );
    assert.deepEqual(errors, [new StorageError('readOnly')]);
  });
});

describe('what a file system says', () => {
  it('is a sentence with what to do', () => {
    const cases = [
      ['Unknown', "ENOSPC: no space left on device, write '/x'", 'full', /disk.* is full/],
      ['Unknown', 'QuotaExceededError: The quota has been exceeded', 'full', /disk.* is full/],
      ['Unknown', 'EROFS: read-only file system', 'readOnly', /cannot be written; check its permissions/],
      ['NoPermissions', 'EACCES: permission denied', 'readOnly', /cannot be written/],
      ['Unavailable', 'gone', 'unreadable', /cannot be read; the log/],
    ] as const;
    for (const [code, message, fault, text] of cases) {
      assert.equal(storageFault(code, message), fault);
      assert.match(describeStorageError(new StorageError(fault), untranslated)?.message ?? '', text);
    }
    const newer = describeStorageError(new StorageError('newerVersion'), untranslated);
    assert.match(newer?.message ?? '', /newer version/);
    assert.equal(describeStorageError(new Error('x'), untranslated), undefined);
  });
});
