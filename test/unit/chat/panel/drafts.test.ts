import assert from 'node:assert/strict';
import { createDrafts } from '../../../../src/chat/panel/drafts.ts';
import { createMemoryFileStore } from '../support/memoryFileStore.ts';

describe('drafts', () => {
  it('are kept for each room, until they are empty', async () => {
    const files = createMemoryFileStore();
    const drafts = createDrafts(files, 'w1');
    await drafts.write('tachyon/ch_1', 'first');
    await drafts.write('new', 'second');
    await drafts.write('tachyon/ch_1', 'first, longer');
    const other = createDrafts(files, 'w2');
    assert.equal(await other.read('tachyon/ch_1'), 'first, longer');
    assert.equal(await other.read('new'), 'second');
    assert.equal(files.files.size, 2, 'older versions are gone');
    await drafts.write('new', '');
    assert.equal(await other.read('new'), '');
    assert.equal(files.files.size, 1);
  });

  it('go when they were sent, unless something else was written since', async () => {
    const files = createMemoryFileStore();
    const drafts = createDrafts(files, 'w1');
    await drafts.write('new', 'first');
    await drafts.sent('new', 'first');
    assert.deepEqual([await drafts.read('new'), files.files.size], ['', 0]);
    await drafts.write('new', 'first');
    await createDrafts(files, 'w2').write('new', 'second');
    await drafts.sent('new', 'first');
    assert.equal(await drafts.read('new'), 'second');
  });

  it('of the window that wrote last count, though its clock is behind', async () => {
    // A window that was killed in between left the older version behind.
    const files = { ...createMemoryFileStore(), remove: async () => undefined };
    await createDrafts(files, 'ahead', () => 2000).write('r', 'old');
    await createDrafts(files, 'behind', () => 1000).write('r', 'new');
    assert.equal(await createDrafts(files, 'reader').read('r'), 'new');
  });

  it('are read past a file that a crash tore, and name no room in a path', async () => {
    const files = createMemoryFileStore();
    const drafts = createDrafts(files, 'w', () => 5);
    await drafts.write('../../etc/passwd', 'kept');
    const [path = ''] = files.files.keys();
    assert.match(path, /^~drafts\/[0-9a-f]{40}\.5\.w\.json$/);
    files.files.set(path.replace('.5.', '.9.'), new TextEncoder().encode('{"text":"to'));
    assert.equal(await drafts.read('../../etc/passwd'), 'kept');
  });

  it('go on after a write that failed', async () => {
    const files = createMemoryFileStore();
    let isFull = true;
    const writeNew = async (path: string, bytes: Uint8Array) => {
      if (isFull) throw new Error('full');
      await files.writeNew(path, bytes);
    };
    const drafts = createDrafts({ ...files, writeNew }, 'w');
    await assert.rejects(drafts.write('r', 'lost'), /full/);
    isFull = false;
    await drafts.write('r', 'kept');
    assert.equal(await drafts.read('r'), 'kept');
  });

  it('nobody came back for in 90 days go', async () => {
    const files = createMemoryFileStore();
    await createDrafts(files, 'w', () => 0).write('old', 'text');
    await createDrafts(files, 'w', () => 91 * 86_400_000).write('new', 'text');
    assert.deepEqual([...files.files.keys()].length, 1);
  });
});
