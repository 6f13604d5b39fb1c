import assert from 'node:assert/strict';
import { placeTurn } from '../../../src/chat/placement.ts';
import { findPlacement } from '../../../src/chat/findPlacement.ts';
import {
  openedConversation,
  openedRecord,
  parseRoomReference,
  readOpenedRoom,
  roomReference,
  visibleOpened,
} from '../../../src/chat/openedRoom.ts';
import type { TurnBinding } from '../../../src/chat/turns.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { openRooms } from './support/localRooms.ts';
import { createMemoryEndpoint } from './support/memoryChatrooms.ts';

const binding: TurnBinding = { conversation: 'c2', room: 'ch_1', connection: 'tachyon', turn: 'opened' };

function message(i: number, role: string, text: string, type = 'text') {
  return { id: `m${i}`, role, text, type, created_at: new Date(i * 1000).toISOString() };
}

describe('the argument of /room', () => {
  it('comes back as it was, whatever the id', () => {
    for (const room of ['ch_01ABC', `local_${'a'.repeat(32)}`, 'with blank', 'ünïcode', '%41', 'a..b']) {
      const reference = { connection: 'tachyon', room };
      assert.deepEqual(parseRoomReference(` ${roomReference(reference)} `), reference);
    }
  });

  it('names rooms whose connection is not there', () => {
    const reference = { connection: `~${'a'.repeat(40)}`, room: `local_${'a'.repeat(32)}` };
    assert.deepEqual(parseRoomReference(roomReference(reference)), reference);
    assert.equal(parseRoomReference(`~${'a'.repeat(39)}/x`), undefined);
  });

  it('is refused if it names no room, or leads elsewhere', () => {
    const bad = [
      '',
      'tachyon',
      'tachyon/',
      '/ch_1',
      'Tachyon/ch_1',
      'a/b c',
      'a/..',
      'a/.',
      'a/%2e%2e',
      'a/b/c',
    ];
    const worse = ['a/..%2fb', 'a/%5cb', 'a/%00', 'a/%0a', 'a/%zz', `a/${'x'.repeat(601)}`, '../a/b'];
    for (const argument of [...bad, ...worse]) {
      assert.equal(parseRoomReference(argument), undefined, argument);
    }
  });
});

describe('a room that is opened', () => {
  it('shows its last turns, whole, whatever the order in which a server lists them', async () => {
    const messages = [
      message(0, 'system', 'Be short.'),
      message(1, 'assistant', 'Hello'),
      ...Array.from({ length: 24 }, (_, i) => [
        message(2 + i * 2, 'user', `p${i}`),
        message(3 + i * 2, 'assistant', `r${i}`),
      ]).flat(),
      message(98, 'user', '', 'image_url'),
      message(99, 'user', 'seen?'),
    ];
    for (const listed of [messages, messages.toReversed()]) {
      const opened = await readOpenedRoom(
        { listMessages: async (_, { offset = 0 }) => listed.slice(offset) },
        'r',
      );
      assert.equal(opened.turns.length, 20);
      assert.equal(opened.earlier, 6);
      assert.deepEqual(opened.turns.slice(-2), [
        { prompt: 'p23', reply: 'r23' },
        { prompt: '[image_url]\n\nseen?', reply: '' },
      ]);
    }
    const long = [message(1, 'user', 'a'), message(2, 'assistant', 'x'.repeat(50_000))];
    const longer = [...long, message(3, 'user', 'b'), message(4, 'assistant', 'y'.repeat(70_000))];
    for (const [all, shown] of [
      [long, 1],
      [longer, 1],
      [[], 0],
      [[message(1, 'assistant', 'Hello')], 1],
    ] as const) {
      const { turns } = await readOpenedRoom(
        { listMessages: async (_, { offset = 0 }) => all.slice(offset) },
        'r',
      );
      assert.equal(turns.length, shown);
    }
  });

  it('shows the end of a long room, and accounts for all of it', async () => {
    const count = 12_000;
    const listMessages = async (_: string, { limit = 20, offset = 0 }) =>
      Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_item, i) =>
        message(offset + i, (offset + i) % 2 === 0 ? 'user' : 'assistant', `${offset + i}`),
      );
    const opened = await readOpenedRoom({ listMessages }, 'r');
    assert.deepEqual(opened.turns.at(-1), { prompt: '11998', reply: '11999' });
    assert.equal(opened.earlier, 5980);
    assert.equal((await openedRecord(binding, opened.messages, [])).foreign, 6000);
  });

  it('goes on in the same room, tells only of later turns, and forks what is taken back', async () => {
    for (const kind of ['server', 'local'] as const) {
      const base = createMemoryEndpoint();
      const endpoint = kind === 'server' ? base : { ...base, chatrooms: openRooms().rooms };
      const journal = createMemoryJournal();
      const one = await askTurn(endpoint, journal, [], 'one', { model: 'm1' });
      const two = await askTurn(endpoint, journal, [one.visible], 'two', { model: 'm2' });
      const room = two.binding?.room ?? '';
      const opened = await readOpenedRoom(endpoint.chatrooms, room);
      assert.deepEqual(
        opened.turns.map(({ prompt }) => prompt),
        ['one', 'two'],
      );
      const bound = { ...binding, room };
      const record = await openedRecord(bound, opened.messages, await journal.records(room));
      assert.equal(record.model, 'm2');
      await journal.begin(record);
      const visible = visibleOpened({ binding: bound, turns: opened.turns });
      const third = await askTurn(endpoint, journal, visible, 'three');
      assert.deepEqual([third.binding?.room, third.notices], [room, []], kind);
      // The first conversation goes on too, then the second again.
      await askTurn(endpoint, journal, [one.visible, two.visible], 'elsewhere');
      const fourth = await askTurn(endpoint, journal, [...visible, third.visible], 'four');
      assert.equal(fourth.binding?.room, room);
      assert.match(fourth.notices.join(), /^1 turn was added/);
      const fork = await askTurn(endpoint, journal, visible, 'another three');
      assert.notEqual(fork.binding?.room, room);
      assert.equal(fork.placement.kind, 'newRoom');
      const carried = fork.placement.kind === 'newRoom' ? fork.placement.carried : [];
      assert.deepEqual(carried, opened.turns);
    }
  });

  it('goes on in the room although nobody here has written into it, and in a new one if it is gone', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    await endpoint.chatrooms.create({ name: 'r' });
    endpoint.addMessage('ch_1', 'user', 'from elsewhere');
    endpoint.addMessage('ch_1', 'assistant', 'answer');
    const opened = await readOpenedRoom(endpoint.chatrooms, 'ch_1');
    await journal.begin(await openedRecord(binding, opened.messages, []));
    const visible = visibleOpened({ binding, turns: opened.turns });
    const next = await askTurn(endpoint, journal, visible, 'next', { systemPrompt: 'Be short.' });
    assert.deepEqual([next.binding?.room, next.notices], ['ch_1', []]);
    assert.deepEqual(
      endpoint.requests[0]?.request.messages.map(({ role }) => role),
      ['user'],
      'the room is not empty: no system message, no transcript',
    );
    endpoint.rooms.delete('ch_1');
    const gone = await askTurn(endpoint, journal, visible, 'again');
    assert.equal(gone.placement.kind, 'newRoom');
    assert.match(gone.notices.join(), /new chatroom/);
    const sent = endpoint.requests.at(-1)?.request.messages.map(({ content }) => content);
    assert.deepEqual(sent, ['from elsewhere', 'answer', 'again']);
  });

  it('of an import begins a room on the server, with the turns that were shown', async () => {
    const turns = [{ prompt: 'p', reply: 'r' }];
    const imported = { ...binding, room: `local_${'a'.repeat(32)}`, endpoint: 'local' };
    const visible = visibleOpened({ binding: imported, turns });
    const placement = placeTurn({
      visible,
      records: [],
      promptHash: 'h',
      connection: 'tachyon',
      endpointId: '0123456789abcdef',
    });
    assert.deepEqual(placement, {
      kind: 'newRoom',
      reason: 'connectionChanged',
      carried: turns,
      conversation: 'c2',
    });
  });

  it('is empty and can be gone on with', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    await endpoint.chatrooms.create({});
    await journal.begin(await openedRecord(binding, [], []));
    const placement = await findPlacement({
      visible: visibleOpened({ binding, turns: [] }),
      prompt: 'p',
      connection: 'tachyon',
      journal,
      chatrooms: endpoint.chatrooms,
    });
    assert.equal(placement.kind === 'continue' && placement.room, 'ch_1');
  });
});

describe('what the Chat view stored of an opened room', () => {
  it('is checked', () => {
    const good = { binding, turns: [{ prompt: 'p', reply: '' }] };
    assert.deepEqual(openedConversation({ metadata: { tachyon: { opened: good } } }), good);
    assert.equal(openedConversation({}), undefined);
    assert.equal(openedConversation({ metadata: { tachyon: { unsent: true } } }), undefined);
    const bad: unknown[] = [
      { ...good, turns: undefined },
      { ...good, turns: ['p'] },
      { ...good, turns: [{ prompt: 1, reply: '' }] },
      { ...good, binding: undefined },
      { ...good, binding: { ...binding, room: '' } },
      { ...good, binding: { ...binding, endpoint: 1 } },
    ];
    for (const opened of bad)
      assert.equal(openedConversation({ metadata: { tachyon: { opened } } }), undefined);
  });
});
