import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ChatroomOperations } from '../../../src/api/endpoint.ts';
import type { ChatCompletionMessage } from '../../../src/api/wireRequest.ts';
import {
  askRoom,
  collect,
  createClock,
  named,
  ofKind,
  openRooms,
  pieces,
  slowWindow,
  transcript,
  user,
} from './support/localRooms.ts';
import { textChunk } from './support/memoryChatrooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

async function* spell() {
  for (const piece of ['a', 'b', 'c']) yield textChunk(piece);
}

describe('local chatrooms of two windows', () => {
  it('reads again what another window replaces meanwhile', async () => {
    const files = createMemoryFileStore();
    const one = openRooms({ files, writer: 'one' }).rooms;
    const { id } = await one.create(named('v0'));
    let version = 0;
    const racing = openRooms({
      files: {
        ...files,
        read: async (path) => {
          if (version < 3) await one.rename(id, `v${(version += 1)}`);
          return files.read(path);
        },
      },
    }).rooms;
    assert.deepEqual(
      (await racing.list({})).map(({ name }) => name),
      ['v3'],
    );
  });

  it('finds a reply whose parts were joined meanwhile', async () => {
    const files = createMemoryFileStore();
    const window = slowWindow(files);
    const { id } = await window.rooms.create(named('r'));
    const chunks = window.rooms.streamChatCompletion(id, { messages: [user('p')] })[Symbol.asyncIterator]();
    for (let i = 0; i < 8; i += 1) await chunks.next();
    const text = [...files.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n');
    assert.equal(ofKind(files.files, 'part').length, 3);
    assert.equal(text.split('piece 0 ').length, 2, 'each part holds only what is new');
    assert.equal(ofKind(files.files, 'asked').length, 1);
    assert.equal(
      (await transcript(openRooms({ files }).rooms, id))[1],
      `assistant: ${pieces.slice(0, 5).join('')}`,
    );
    const racing = openRooms({
      files: {
        ...files,
        read: async (path) => {
          if (path.includes('/part.'))
            for (let next = await chunks.next(); !next.done;) next = await chunks.next();
          return files.read(path);
        },
      },
    }).rooms;
    const expected = ['user: p', `assistant: ${pieces.join('')}`];
    assert.deepEqual(await transcript(racing, id), expected);
  });

  it('leaves nothing of a room that one removes while the other is answered in it', async () => {
    const files = createMemoryFileStore();
    const [one, two] = [slowWindow(files).rooms, openRooms({ files, writer: 'two' }).rooms];
    const { id } = await one.create(named('secret'));
    let count = 0;
    for await (const _ of one.streamChatCompletion(id, { messages: [user('secret')] })) {
      if ((count += 1) === 2) await two.remove(id);
    }
    assert.equal(count, pieces.length);
    assert.deepEqual(ofKind(files.files, 'gone'), [...files.files.keys()]);
    assert.deepEqual(await one.list({}), []);
    await assert.rejects(transcript(two, id), { kind: 'notFound' });
    // A window that was killed could not sweep; neither could one that renamed it at the same moment.
    const [gone = ''] = files.files.keys();
    for (const name of [
      'asked.000000000000001.x.1.json',
      'room.999999999999999.x.0.json',
      'reply.1.json.tmp',
    ]) {
      files.files.set(gone.replace(/[^/]+$/, name), new TextEncoder().encode('{"name":"x","createdAt":1}'));
    }
    assert.deepEqual(await two.list({}), []);
    assert.deepEqual([...files.files.keys()], [gone]);
  });

  it('begins a room at once', async () => {
    const files = createMemoryFileStore();
    const clock = createClock();
    // The same name and time: a host may open the rooms of a connection twice.
    const { promise: bothAsked, resolve } = Promise.withResolvers<void>();
    let asked = 0;
    async function* streamChatCompletion() {
      if ((asked += 1) === 2) resolve();
      await bothAsked;
      yield textChunk('ok');
    }
    const open = () => openRooms({ files, now: clock.now, streamChatCompletion });
    const [one, two] = [open(), open()];
    const { id } = await one.rooms.create(named('r'));
    const system: ChatCompletionMessage = { role: 'system', content: 'Be short.' };
    await Promise.all(
      [one, two].map(({ rooms }, i) =>
        collect(rooms.streamChatCompletion(id, { messages: [system, user(`p${i}`)] })),
      ),
    );
    assert.equal((await transcript(one.rooms, id)).length, 6);
    await askRoom(two.rooms, id, 'next');
    const sent = two.requests[1]?.messages.map(({ role }) => role);
    assert.deepEqual(sent, ['system', 'user', 'assistant', 'user', 'assistant', 'user']);
  });

  it('keeps the turns of two windows apart and whole', async () => {
    const turns = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        turns,
        fc.array(fc.boolean()),
        fc.array(fc.nat(700)),
        async (asked, schedule, ticks) => {
          const files = createMemoryFileStore();
          const clock = createClock();
          const open = (writer: string) =>
            openRooms({ files, writer, now: clock.now, streamChatCompletion: spell }).rooms;
          const windows = [open('one'), open('two')] as const;
          const { id } = await windows[0].create(named('r'));
          const run = async function* (rooms: ChatroomOperations, mine: typeof asked, name: string) {
            for (const [i, [, count]] of mine.entries()) {
              let left = count;
              for await (const _ of rooms.streamChatCompletion(id, { messages: [user(`${name}${i}`)] })) {
                yield;
                if ((left -= 1) === 0) break;
              }
            }
          };
          const sides = [
            asked.filter(([isFirst]) => isFirst),
            asked.filter(([isFirst]) => !isFirst),
          ] as const;
          const [one, two] = [run(windows[0], sides[0], 'one'), run(windows[1], sides[1], 'two')];
          for (const [i, isFirst] of schedule.entries()) {
            clock.advance(ticks[i] ?? 0);
            await (isFirst ? one : two).next();
          }
          await Promise.all([collect(one), collect(two)]);
          const messages = await open('three').listMessages(id, { limit: 100 });
          const pairs = messages.flatMap(({ role, text }, i) =>
            role === 'user' ? `${text}: ${messages[i + 1]?.text}` : [],
          );
          const expected = sides.flatMap((side, i) =>
            side.map(([, count], j) => `${i === 0 ? 'one' : 'two'}${j}: ${'abc'.slice(0, count)}`),
          );
          assert.deepEqual(pairs.toSorted(), expected.toSorted());
          assert.equal(messages.length, 2 * expected.length);
          for (const name of ['one', 'two']) {
            const own = pairs.filter((pair) => pair.startsWith(name));
            assert.deepEqual(
              own,
              expected.filter((pair) => pair.startsWith(name)),
              'in the order of asking',
            );
          }
          const times = messages.map(({ created_at }) => created_at ?? '');
          assert.deepEqual(times, [...new Set(times)].toSorted());
          assert.deepEqual(await windows[0].listMessages(id, { limit: 100 }), messages);
        },
      ),
      { numRuns: 60 },
    );
  });
});
