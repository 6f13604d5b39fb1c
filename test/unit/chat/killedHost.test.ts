import assert from 'node:assert/strict';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import { fingerprint } from '../../../src/chat/fingerprint.ts';
import type { FileStore, Journal } from '../../../src/chat/journal.ts';
import { recoverRoom } from '../../../src/chat/recoverRoom.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { askRoom, openRooms, pieces } from './support/localRooms.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';
import { createManualClock } from './support/quickClock.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

const whole = pieces.join('');
const binding = {
  turn: 't',
  conversation: 'c',
  connection: 'tachyon',
  surface: 'participant',
  askedAt: '2026-11-21T00:00:00Z',
} as const;
type MemoryFiles = ReturnType<typeof createMemoryFileStore>;

/** A disk that no longer changes after so many changes, as if the host had been killed then; the last may be torn. */
function dyingDisk(files: MemoryFiles, changes: number, tears: boolean, onDeath: () => void): FileStore {
  let count = 0;
  const lives = (path: string, bytes?: Uint8Array) => {
    if ((count += 1) <= changes) return true;
    if (count === changes + 1) {
      if (tears && bytes) files.files.set(path, bytes.slice(0, bytes.length / 2));
      onDeath();
    }
    return false;
  };
  return {
    ...files,
    writeNew: async (path, bytes) => void (lives(path, bytes) && (await files.writeNew(path, bytes))),
    remove: async (path) => void (lives(path) && (await files.remove(path))),
  };
}

/** A turn on a server whose reply is a piece every 400 ms, until the host is killed; `stores` is what the room keeps. */
async function killedTurn(changes: number, tears: boolean, stores: 'whole' | 'prompt' | 'nothing') {
  const files = createMemoryFileStore();
  const clock = createManualClock();
  let killedAt: number | undefined;
  let isWhole = false;
  const arrived: { at: number; text: string }[] = [];
  const disk = dyingDisk(files, changes, tears, () => {
    killedAt = clock.now();
    isWhole = arrived.length === pieces.length;
  });
  const endpoint = createMemoryEndpoint({
    async *reply() {
      for (const piece of pieces) {
        for (let step = 0; step < 4; step += 1) {
          clock.advance(100);
          await turnOfLoop();
        }
        arrived.push({ at: clock.now(), text: (arrived.at(-1)?.text ?? '') + piece });
        yield textChunk(piece);
      }
    },
  });
  const asked = await askTurn(endpoint, createFileJournal(disk, 'w'), [], 'p', {
    clock,
  });
  const messages = endpoint.rooms.get('ch_1') ?? [];
  messages.length = stores === 'whole' ? 2 : stores === 'prompt' ? 1 : 0;
  const safe = arrived.findLast(({ at }) => at < (killedAt ?? Infinity) - 1000)?.text ?? '';
  const journal = createFileJournal(files, 'next');
  return { endpoint, files, journal, asked, isKilled: killedAt !== undefined, isWhole, safe };
}

async function recordOf(journal: Journal) {
  return (await journal.find(await fingerprint('p'))).at(-1);
}

describe('a turn under which the host is killed', () => {
  it('loses no prompt and at most a second of the reply, at whatever write and torn or not', async () => {
    let changes = 0;
    for (let isKilled = true; isKilled; changes += 1) {
      for (const tears of [false, true]) {
        const turn = await killedTurn(changes, tears, 'prompt');
        isKilled = turn.isKilled;
        const record = await recordOf(turn.journal);
        const place = `${changes} ${tears}`;
        if (record?.outcome === 'answered') continue;
        // The very first write: nothing was sent yet.
        if (changes > 0) assert.equal(record?.prompt, 'p', place);
        if (!record?.room) continue;
        const kept = (await turn.journal.replies([record.turn])).get(record.turn) ?? '';
        assert.ok(whole.startsWith(kept), place);
        // At the very end the server holds it, and what was kept goes.
        assert.ok(kept.length >= turn.safe.length || turn.isWhole, `${place}: ${kept}`);
      }
    }
    assert.ok(changes > 10, `${changes} points`);
  });

  for (const stores of ['whole', 'prompt', 'nothing'] as const) {
    it(`is told of before the next answer, once; the room has ${stores}`, async () => {
      let isKilled = true;
      for (let changes = 3; isKilled; changes += 1) {
        const turn = await killedTurn(changes, false, stores);
        ({ isKilled } = turn);
        const before = await recordOf(turn.journal);
        if (before?.outcome !== undefined || before?.room === undefined) continue;
        const shown = pieces.slice(0, 2).join('');
        const visible = [{ prompt: 'p', reply: `> A note.\n\n${shown}` }];
        const next = await askTurn(turn.endpoint, turn.journal, visible, 'next');
        const told = next.events.filter(({ type }) => type === 'notice' || type === 'earlierReply');
        const after = await recordOf(turn.journal);
        assert.equal(next.binding?.room, 'ch_1');
        if (stores === 'whole') {
          assert.deepEqual(told, [{ type: 'earlierReply', isRest: true, text: whole.slice(shown.length) }]);
          assert.equal(after?.outcome, 'answered');
          assert.equal((await turn.journal.replies([before.turn])).size, 0);
        } else {
          assert.deepEqual(told, [
            { type: 'notice', text: 'An answer above was interrupted; the chatroom has no more of it.' },
          ]);
          assert.deepEqual(
            [after?.outcome, after?.prompt],
            ['interrupted', stores === 'prompt' ? undefined : 'p'],
          );
        }
        const told2 = await askTurn(turn.endpoint, turn.journal, [...visible, next.visible], 'third');
        assert.deepEqual(told2.notices, []);
        assert.ok(told2.events.every(({ type }) => type !== 'earlierReply'));
      }
    });
  }

  it('before it had a room is said to have got no answer', async () => {
    const turn = await killedTurn(1, false, 'nothing');
    assert.equal((await recordOf(turn.journal))?.room, undefined);
    const next = await askTurn(turn.endpoint, turn.journal, [{ prompt: 'p', reply: '' }], 'next');
    assert.deepEqual(next.notices, ['A prompt above was interrupted before its answer came.']);
    assert.equal((await recordOf(turn.journal))?.outcome, 'interrupted');
    const third = await askTurn(
      turn.endpoint,
      turn.journal,
      [{ prompt: 'p', reply: '' }, next.visible],
      'third',
    );
    assert.deepEqual(third.notices, []);
  });

  it('is looked up for a room, but for those that run', async () => {
    const { endpoint, journal, asked } = await killedTurn(5, false, 'prompt');
    const room = { room: 'ch_1', kind: endpoint.kind, chatrooms: endpoint.chatrooms, journal };
    assert.deepEqual(await recoverRoom(room, () => true), []);
    const [interrupted] = await recoverRoom(room, () => false);
    assert.equal(interrupted?.record.prompt, 'p');
    assert.ok(interrupted.partial !== undefined && whole.startsWith(interrupted.partial));
    assert.deepEqual(await recoverRoom(room, () => false), []);
    // Its prompt is there: asked again, it goes to another room.
    const again = await askTurn(endpoint, journal, [{ prompt: 'p', reply: asked.visible.reply }], 'p');
    assert.equal(again.binding?.room, 'ch_2');
  });

  it('in a chatroom on this machine is answered if its reply is whole there, and interrupted if not', async () => {
    for (const isWhole of [true, false]) {
      const { rooms } = openRooms({
        async *streamChatCompletion() {
          yield textChunk('Re: ');
          if (!isWhole) throw new Error('killed');
          yield textChunk('p', 'stop');
        },
      });
      const { id: room } = await rooms.create({});
      await askRoom(rooms, room, 'p').catch(() => undefined);
      const journal = createMemoryJournal();
      await journal.begin({ ...binding, room, promptHash: await fingerprint('p'), prompt: 'p' });
      const visible = [{ prompt: 'p', reply: 'Re', binding: { ...binding, room } }];
      const endpoint = { ...createMemoryEndpoint(), kind: 'openai', chatrooms: rooms } as const;
      const { notices, events } = await askTurn(endpoint, journal, visible, 'next');
      const [record] = await journal.records(room);
      assert.equal(record?.outcome, isWhole ? 'answered' : 'interrupted');
      assert.equal(notices.length, isWhole ? 0 : 1);
      assert.deepEqual(
        events.filter(({ type }) => type === 'earlierReply'),
        isWhole ? [{ type: 'earlierReply', isRest: true, text: ': p' }] : [],
      );
    }
  });

  it('is left as it is where the room cannot be read', async () => {
    const { endpoint, journal, asked } = await killedTurn(5, false, 'whole');
    const list = endpoint.chatrooms.listMessages.bind(endpoint.chatrooms);
    endpoint.chatrooms.listMessages = () => Promise.reject(new Error('down'));
    const next = await askTurn(endpoint, journal, [asked.visible], 'next');
    assert.equal(next.error, undefined);
    assert.equal((await recordOf(journal))?.outcome, undefined);
    endpoint.chatrooms.listMessages = list;
    await askTurn(endpoint, journal, [asked.visible, next.visible], 'third');
    assert.equal((await recordOf(journal))?.outcome, 'answered');
  });
});
