import assert from 'node:assert/strict';
import { leftConnection, leftConnections } from '../../../src/chat/leftRooms.ts';
import { archiveRoom, openArchive, readAll } from './support/archives.ts';
import { askRoom, named, openRooms, transcript } from './support/localRooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

describe('chatrooms whose connection is not there', () => {
  it('are listed, read and archived, and come back with their connection', async () => {
    const files = createMemoryFileStore();
    const before = openRooms({ files, connection: 'gone' }).rooms;
    const { id } = await before.create(named('kept'));
    await askRoom(before, id, 'Hi');
    await openArchive(files, 'known').write(archiveRoom());

    const [left, ...others] = await leftConnections(files, ['known', 'other']);
    assert.ok(left);
    assert.deepEqual(others, []);
    const { rooms } = openRooms({ files, connection: left.name });
    assert.deepEqual(
      (await rooms.list({})).map((room) => [room.id, room.name]),
      [[id, 'kept']],
    );
    assert.deepEqual(await transcript(rooms, id), ['user: Hi', 'assistant: Re: Hi']);
    const [archived] = await readAll(openArchive(files, left.name));
    assert.deepEqual([archived?.id, archived?.messages.length], [id, 2]);

    assert.deepEqual(await leftConnections(files, ['known', 'gone']), []);
    assert.deepEqual(await leftConnections(createMemoryFileStore(), []), []);
  });

  it('stand under a name that no connection can have, and nothing else does', () => {
    assert.equal(leftConnection('gone'), undefined);
    assert.equal(leftConnection(`~${'A'.repeat(40)}`), undefined);
    assert.equal(leftConnection(`~${'a'.repeat(40)}/..`), undefined);
    assert.equal(leftConnection(`~${'a'.repeat(40)}`)?.name, `~${'a'.repeat(40)}`);
  });
});
