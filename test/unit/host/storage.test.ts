import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileStore } from '../../../src/chat/journal.ts';
import { StorageError } from '../../../src/chat/storageError.ts';
import { disk, standInForVscode, uriOf } from './vscodeFiles.ts';

standInForVscode();
const { LocalData } = await import('../../../src/host/storage/localData.ts');
const { createWorkspaceFileStore } = await import('../../../src/host/storage/workspaceFileStore.ts');

const text = new TextEncoder().encode('"a prompt"');

describe('what is kept on this machine', () => {
  let root: string;
  let restricted: string[];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'tachyon-storage-'));
    restricted = [];
  });

  afterEach(async () => {
    disk.isFull = false;
    await rm(root, { recursive: true });
  });

  function openStore(folder: string): FileStore {
    return createWorkspaceFileStore(uriOf(join(root, folder)), {
      environmentVariable: () => undefined,
      restrictToOwner: async ({ fsPath }) => void restricted.push(fsPath),
    });
  }

  it('is forgotten, but for the folders that are their owner’s alone: open windows go on to write into them', async () => {
    const storage = join(root, 'workspaceStorage', 'w', 'tachyon.tachyon-chat');
    const journal = openStore('workspaceStorage/w/tachyon.tachyon-chat/journal');
    const chatrooms = openStore('globalStorage/tachyon.tachyon-chat/chatrooms');
    await journal.writeNew('room/one.json', text);
    await chatrooms.writeNew('~rooms/a/local/room.json', text);
    const folders = [...restricted];
    const inodes = async () => Promise.all(folders.map(async (folder) => (await stat(folder)).ino));
    const before = await inodes();
    const data = new LocalData({
      storageUri: uriOf(storage),
      globalStorageUri: uriOf(join(root, 'globalStorage', 'tachyon.tachyon-chat')),
    });
    assert.equal((await data.ofWorkspaces())?.files, 1);
    await data.remove();
    assert.deepEqual([(await data.shared()).files, (await data.ofWorkspaces())?.files], [0, 0]);
    for (const folder of folders) assert.deepEqual(await readdir(folder), []);
    await journal.writeNew('room/two.json', text);
    assert.deepEqual(await inodes(), before);
  });

  it('is whole or not there: a disk that is full keeps nothing of it, nor does a file that is there already', async () => {
    const store = openStore('journal');
    await store.writeNew('r/one.json', text);
    disk.isFull = true;
    await assert.rejects(store.writeNew('r/two.json', text), (error) => {
      return error instanceof StorageError && error.fault === 'full';
    });
    disk.isFull = false;
    await assert.rejects(store.writeNew('r/one.json', new Uint8Array([1])), StorageError);
    assert.deepEqual(await readdir(join(root, 'journal', 'r')), ['one.json']);
    assert.deepEqual(new Uint8Array(await readFile(join(root, 'journal', 'r', 'one.json'))), text);
  });
});
