import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import type { KeptPiece } from '../../../src/chat/keptPieces.ts';
import { createReplyKeeper } from '../../../src/chat/replyKeeper.ts';
import { askTurn } from './support/conversation.ts';
import { openRooms, transcript } from './support/localRooms.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';
import { createManualClock } from './support/quickClock.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const cut = new ApiError('cut', 'reset', { mayHaveBeenAccepted: true });

describe('a reply while it grows', () => {
  it('is kept at once, then once a second, and to the end where it is wanted', async () => {
    for (const isWanted of [true, false]) {
      const clock = createManualClock();
      const pieces: KeptPiece[] = [];
      const keeper = createReplyKeeper(async (piece) => void pieces.push(piece), clock, assert.ifError);
      keeper.add('a');
      await settled();
      keeper.add('b');
      keeper.add('c');
      clock.advance(999);
      await settled();
      assert.deepEqual(pieces, [{ from: 0, text: 'a' }]);
      clock.advance(1);
      await settled();
      assert.deepEqual(pieces.slice(1), [{ from: 1, text: 'bc' }]);
      keeper.add('d');
      await keeper.end(isWanted);
      clock.advance(10_000);
      keeper.add('e');
      await settled();
      assert.deepEqual(pieces.slice(2), isWanted ? [{ from: 3, text: 'd' }] : []);
    }
  });

  it('is never waited for, and not lost by a disk that fails for a while', async () => {
    const clock = createManualClock();
    const errors: unknown[] = [];
    const pieces: KeptPiece[] = [];
    const blocked = Promise.withResolvers<void>();
    let writes = 0;
    const keeper = createReplyKeeper(
      async (piece) => {
        writes += 1;
        if (writes === 1) await blocked.promise;
        if (writes < 3) throw new Error('ENOSPC');
        pieces.push(piece);
      },
      clock,
      (error) => errors.push(error),
    );
    for (const text of ['a', 'b', 'c']) keeper.add(text);
    clock.advance(5000);
    assert.equal(writes, 1, 'one write at a time');
    blocked.resolve();
    for (let i = 0; i < 3; i += 1) {
      await settled();
      clock.advance(1000);
    }
    await keeper.end(true);
    assert.deepEqual(pieces, [{ from: 0, text: 'abc' }]);
    assert.equal(errors.length, 1);
  });

  it('is read as far as its files are whole, apart from other turns and windows, for 30 days', async () => {
    const files = createMemoryFileStore();
    const [a, b] = [createFileJournal(files, 'a'), createFileJournal(files, 'b')];
    await Promise.all([
      a.addReply('t1', { from: 0, text: 'one ' }),
      b.addReply('t2', { from: 0, text: 'other' }),
      a.addReply('t1', { from: 4, text: 'two ' }),
      // Begun anew after a write that failed.
      a.addReply('t1', { from: 4, text: 'two three' }),
    ]);
    const expected = new Map([
      ['t1', 'one two three'],
      ['t2', 'other'],
    ]);
    assert.deepEqual(await b.replies(['t1', 't2', 't3']), expected);
    await a.addReply('t1', { from: 13, text: ' four' });
    await a.addReply('t1', { from: 18, text: ' five' });
    const torn = [...files.files.keys()].filter((path) => path.includes('/t1.'))[3] ?? '';
    files.files.set(torn, files.files.get(torn)?.slice(0, 9) ?? new Uint8Array());
    assert.deepEqual(await b.replies(['t1']), new Map([['t1', 'one two three']]));
    const [path = '', bytes = new Uint8Array()] =
      [...files.files].find(([name]) => name.includes('/t2.')) ?? [];
    files.files.delete(path);
    const old = `~replies/t2.${Date.now() - 31 * 24 * 60 * 60 * 1000}.b.json`;
    files.files.set(old, bytes);
    assert.equal((await a.replies(['t2'])).size, 0);
    assert.ok(!files.files.has(old));
  });

  for (const kind of ['stopped', 'failed', 'answered'] as const) {
    it(`is ${kind === 'answered' ? 'left to the server' : 'kept'} when the turn is ${kind}`, async () => {
      const stop = new AbortController();
      const endpoint = createMemoryEndpoint({
        async *reply() {
          yield textChunk('begin ');
          yield textChunk('of it');
          if (kind === 'stopped') stop.abort();
          stop.signal.throwIfAborted();
          if (kind === 'failed') throw new ApiError('provider', 'x');
        },
      });
      const files = createMemoryFileStore();
      const journal = createFileJournal(files, 'w');
      const asked = await askTurn(endpoint, journal, [], 'p', { signal: stop.signal });
      const kept = (await journal.replies([asked.binding?.turn ?? ''])).get(asked.binding?.turn ?? '');
      assert.equal(kept, kind === 'answered' ? undefined : 'begin of it');
      assert.deepEqual(asked.states, ['streaming', ...(kind === 'answered' ? [] : [kind])]);
      if (kind === 'answered')
        assert.ok([...files.files.keys()].every((path) => !path.startsWith('~replies')));
    });
  }

  it('is whole although the connection dies, once its finish reason has come', async () => {
    const endpoint = createMemoryEndpoint({
      async *reply() {
        yield textChunk('whole', 'stop');
        throw cut;
      },
    });
    const asked = await askTurn(endpoint, createFileJournal(createMemoryFileStore(), 'w'), [], 'p');
    assert.equal(asked.error, undefined);
    assert.deepEqual(asked.states, ['streaming']);
    assert.equal(asked.events.at(-1)?.type, 'finished');
  });

  it('is kept by a chatroom on this machine, not twice, and asked again beside it', async () => {
    const files = createMemoryFileStore();
    let isCut = true;
    const { rooms, requests } = openRooms({
      async *streamChatCompletion() {
        yield textChunk('part of it');
        if (isCut) throw cut;
      },
    });
    const endpoint = { ...createMemoryEndpoint(), kind: 'openai', chatrooms: rooms } as const;
    const journal = createFileJournal(files, 'w');
    const first = await askTurn(endpoint, journal, [], 'p');
    assert.deepEqual(first.states, ['streaming', 'interrupted']);
    assert.ok([...files.files.keys()].every((path) => !path.startsWith('~replies')));
    isCut = false;
    const again = await askTurn(endpoint, journal, [first.visible], 'p');
    assert.equal(again.visible.reply, 'part of it');
    assert.deepEqual(
      requests.map(({ messages }) => messages.map(({ content }) => content)),
      [['p'], ['p']],
    );
    for (const asked of [first, again]) {
      assert.deepEqual(await transcript(rooms, asked.binding?.room ?? ''), [
        'user: p',
        'assistant: part of it',
      ]);
    }
    isCut = true;
    const second = await askTurn(endpoint, journal, [again.visible], 'q');
    isCut = false;
    const third = await askTurn(endpoint, journal, [again.visible, second.visible], 'r');
    assert.equal(third.binding?.room, again.binding?.room, 'another prompt goes on there');
    assert.deepEqual(third.notices, [], 'it was told when the connection died');
  });
});
