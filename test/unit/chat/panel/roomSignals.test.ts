import assert from 'node:assert/strict';
import { createRoomSignals, hashOfRoom } from '../../../../src/chat/panel/roomSignals.ts';
import { createMemoryFileStore } from '../support/memoryFileStore.ts';

function windows() {
  const files = createMemoryFileStore();
  let now = 1_000_000_000_000;
  const errors: unknown[] = [];
  const open = (writer: string) =>
    createRoomSignals(
      files,
      writer,
      (error) => errors.push(error),
      () => now,
    );
  return { files, errors, open, pass: (ms: number) => void (now += ms) };
}

describe('signals between windows', () => {
  it('are heard once, by the others only, and not what was told before', async () => {
    const { open } = windows();
    const [one, two] = [open('one'), open('two')];
    await one.tell('old', 'changed');
    await two.look();
    await one.look();
    await one.tell('tachyon/ch_1', 'changed');
    const [changed, other] = [await hashOfRoom('tachyon/ch_1'), await hashOfRoom('tachyon/ch_2')];
    const heard = await two.look();
    assert.deepEqual([heard.hasNews, heard.isNew(changed), heard.isNew(other)], [true, true, false]);
    assert.equal((await two.look()).hasNews, false);
    assert.equal((await one.look()).hasNews, false, 'its own');
    assert.equal(heard.isNew(await hashOfRoom('old')), false);
  });

  it('tell which rooms are answered elsewhere, until the end or the silence of a dead window', async () => {
    const { open, pass } = windows();
    const [one, two] = [open('one'), open('two')];
    const room = await hashOfRoom('r');
    await one.tell('r', 'running');
    assert.equal((await two.look()).isRunning(room), true);
    assert.equal((await one.look()).isRunning(room), false, 'its own');
    assert.deepEqual([await two.isRunning('r'), await one.isRunning('r')], [true, false]);
    pass(4000);
    await one.tell('r', 'running');
    pass(9000);
    assert.equal((await two.look()).isRunning(room), true);
    await one.tell('r', 'ended');
    assert.equal((await two.look()).isRunning(room), false);
    await one.tell('r', 'running');
    await one.tell('r', 'changed');
    assert.equal((await two.look()).isRunning(room), true, 'a rename ends no turn');
    pass(12_010);
    assert.equal((await two.look()).isRunning(room), false);
  });

  it('are no news of the list of rooms when a turn that runs is told of again', async () => {
    const { open, pass } = windows();
    const [one, two] = [open('one'), open('two')];
    const room = await hashOfRoom('r');
    await two.look();
    const heard = [];
    for (const kind of ['running', 'running', 'running', 'ended'] as const) {
      await one.tell('r', kind);
      const news = await two.look();
      heard.push([news.hasNews, news.isNew(room)]);
      pass(4000);
    }
    assert.deepEqual(heard, [
      [true, true],
      [false, true],
      [false, true],
      [true, true],
    ]);
  });

  it('hold no name of a room, and go after a minute', async () => {
    const { open, pass, files } = windows();
    const one = open('one');
    await one.tell('../secret name', 'changed');
    assert.match([...files.files.keys()].join(), /^~changed\/\d{13}\.one\.changed\.[0-9a-f]{32}\.json$/);
    pass(61_000);
    await one.tell('r', 'changed');
    assert.equal(files.files.size, 1);
  });

  it('that cannot be written keep nothing from going on', async () => {
    const { files } = windows();
    const errors: unknown[] = [];
    const failing = { ...files, writeNew: () => Promise.reject(new Error('read-only')) };
    await createRoomSignals(failing, 'w', (error) => errors.push(error)).tell('r', 'running');
    assert.match(String(errors[0]), /read-only/);
  });

  it('are not taken from files of another form', async () => {
    const { files, open } = windows();
    const two = open('two');
    await two.look();
    const room = await hashOfRoom('r');
    for (const name of [`1.one.changed.${room}.json`, `1000000000000.one.evil.${room}.json`, 'x'])
      await files.writeNew(`~changed/${name}`, new Uint8Array());
    assert.equal((await two.look()).hasNews, false);
  });
});
