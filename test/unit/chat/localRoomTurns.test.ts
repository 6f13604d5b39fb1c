import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import type { ChatCompletionChunk, ChatCompletionDelta } from '../../../src/api/wire.ts';
import type { ChatCompletionMessage } from '../../../src/api/wireRequest.ts';
import type { FileStore } from '../../../src/chat/journal.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import {
  askRoom,
  collect,
  named,
  ofKind,
  openRooms,
  pieces,
  slowWindow,
  transcript,
  user,
} from './support/localRooms.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

function of(index: number, delta: ChatCompletionDelta, finish: string | null = null): ChatCompletionChunk {
  return { choices: [{ index, delta, finish_reason: finish }] };
}

describe('a turn in a local chatroom', () => {
  it('sends what is stored in its wire form, the system message first, and passes the rest on', async () => {
    const files = createMemoryFileStore();
    const first = openRooms({ files });
    const { id } = await first.rooms.create(named('r'));
    const parts: ChatCompletionMessage[] = [
      { role: 'user', content: [{ type: 'text', text: 'See ' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '42' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
          { type: 'text', text: 'this' },
        ],
      },
    ];
    const system: ChatCompletionMessage = { role: 'system', content: 'Be short.' };
    for await (const _ of first.rooms.streamChatCompletion(id, { messages: [...parts, system] }));
    const second = openRooms({ files, writer: 'other' });
    const next: ChatCompletionMessage = { role: 'user', content: 'And?' };
    const request = { model: 'm', temperature: 0.5, messages: [next] };
    for await (const _ of second.rooms.streamChatCompletion(id, request));
    const reply = { role: 'assistant', content: 'Re: Be short.' };
    const messages = [system, ...parts, reply, next];
    assert.deepEqual(second.requests, [{ ...request, messages }]);
    const listed = await second.rooms.listMessages(id, {});
    assert.deepEqual(
      listed.map(({ role, type, text }) => [role, type, text]),
      [
        ['user', 'text', 'See '],
        ['assistant', 'text', ''],
        ['tool', 'text', '42'],
        ['user', 'image_url', 'this'],
        ['system', 'text', 'Be short.'],
        ['assistant', 'text', 'Re: Be short.'],
        ['user', 'text', 'And?'],
        ['assistant', 'text', 'Re: And?'],
      ],
    );
  });

  it('stores what is shown of the first answer, and yields every chunk as it is', async () => {
    const cases: [ChatCompletionChunk[], string | undefined][] = [
      [[of(1, { content: 'no' }), of(0, { content: 'a' }), of(0, { refusal: 'r' })], 'ar'],
      [[of(0, { refusal: 'I ' }), of(0, { refusal: 'refuse' })], 'I refuse'],
      [[of(0, { reasoning_content: 'hm' }), { choices: [] }], undefined],
      [[of(0, { audio: { transcript: 'Spo' } }), of(0, { audio: { transcript: 'ken' } })], 'Spoken'],
      [[of(0, { content: '<think>hm</thi' }), of(0, { content: 'nk>\n\nsaid' })], 'said'],
    ];
    for (const [chunks, text] of cases) {
      const files = createMemoryFileStore();
      const { rooms } = openRooms({
        files,
        async *streamChatCompletion() {
          yield* chunks;
        },
      });
      const { id } = await rooms.create(named('r'));
      const seen = await collect(rooms.streamChatCompletion(id, { messages: [user('p')] }));
      assert.ok(seen.length === chunks.length && seen.every((chunk, i) => chunk === chunks[i]));
      const reply = text === undefined ? [] : [`assistant: ${text}`];
      assert.deepEqual(await transcript(rooms, id), ['user: p', ...reply]);
      assert.deepEqual(ofKind(files.files, 'part'), []);
    }
  });

  it('stores nothing of a refused request and what came of a broken, left or aborted reply', async () => {
    const cut = new ApiError('cut', 'lost');
    const failing = (before: number) =>
      async function* () {
        for (let i = 0; i < before; i += 1) yield textChunk(`${i};`);
        throw cut;
      };
    for (const [before, expected] of [
      [0, []],
      [2, ['user: p', 'assistant: 0;1;']],
    ] as const) {
      const { rooms } = openRooms({ streamChatCompletion: failing(before) });
      const { id } = await rooms.create(named('r'));
      await assert.rejects(askRoom(rooms, id, 'p'), cut);
      assert.deepEqual(await transcript(rooms, id), expected);
    }
    let isClosed = false;
    const { rooms } = openRooms({
      async *streamChatCompletion(_, { signal } = {}) {
        try {
          for (;;) {
            yield textChunk('x');
            signal?.throwIfAborted();
          }
        } finally {
          isClosed = true;
        }
      },
    });
    const { id } = await rooms.create(named('r'));
    for await (const _ of rooms.streamChatCompletion(id, { messages: [user('left')] })) break;
    assert.ok(isClosed);
    const stop = new AbortController();
    await assert.rejects(
      async () => {
        const options = { signal: stop.signal };
        for await (const _ of rooms.streamChatCompletion(id, { messages: [user('stop')] }, options))
          stop.abort();
      },
      { name: 'AbortError' },
    );
    const expected = ['user: left', 'assistant: x', 'user: stop', 'assistant: x'];
    assert.deepEqual(await transcript(rooms, id), expected);
    await assert.rejects(
      collect(rooms.streamChatCompletion(id, { messages: [] }, { signal: AbortSignal.abort() })),
      { name: 'AbortError' },
    );
    assert.deepEqual(await transcript(rooms, id), expected);
  });

  it('is over at once when it is stopped: older turns become one file after the next whole answer', async () => {
    const files = createMemoryFileStore();
    const { rooms } = openRooms({ files });
    const { id } = await rooms.create(named('r'));
    for (let turn = 0; turn < 64; turn += 1) await askRoom(rooms, id, `p${turn}`);
    for await (const _ of rooms.streamChatCompletion(id, { messages: [user('stopped')] })) break;
    assert.equal(ofKind(files.files, 'pack').length, 0);
    await askRoom(rooms, id, 'whole');
    assert.equal(ofKind(files.files, 'pack').length, 1);
  });

  it('never lets a chunk wait for a write', async () => {
    const files = createMemoryFileStore();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let isBlocked = false;
    const slow: FileStore = {
      ...files,
      writeNew: async (path, bytes) => {
        if (isBlocked) await released;
        await files.writeNew(path, bytes);
      },
    };
    const { rooms } = slowWindow(slow);
    const { id } = await rooms.create(named('r'));
    isBlocked = true;
    const chunks = rooms.streamChatCompletion(id, { messages: [user('p')] })[Symbol.asyncIterator]();
    for (const piece of pieces) {
      const next = await chunks.next();
      assert.equal(next.value?.choices[0]?.delta.content, piece);
    }
    assert.equal(files.files.size, 2, 'nothing is written yet');
    release();
    assert.equal((await chunks.next()).done, true);
    const expected = ['user: p', `assistant: ${pieces.join('')}`];
    assert.deepEqual(await transcript(rooms, id), expected);
  });

  it('does not take half an answer for the stored one when its prompt is asked again', async () => {
    let asked = 0;
    const { rooms, requests } = openRooms({
      async *streamChatCompletion() {
        asked += 1;
        yield of(0, { content: asked === 1 ? 'The first half' : 'The whole' }, asked === 1 ? null : 'stop');
        if (asked === 1) throw new ApiError('cut', 'lost', { mayHaveBeenAccepted: true });
      },
    });
    const endpoint = { ...createMemoryEndpoint(), chatrooms: rooms };
    const journal = createMemoryJournal();
    const cut = await askTurn(endpoint, journal, [], 'one');
    assert.ok(cut.error instanceof ApiError);
    const again = await askTurn(endpoint, journal, [cut.visible], 'one');
    assert.equal(again.visible.reply, 'The whole');
    assert.equal(requests.length, 2);
    const whole = await askTurn(endpoint, journal, [cut.visible, again.visible], 'one');
    assert.equal(whole.visible.reply, 'The whole');
    assert.equal(requests.length, 3, 'an answered prompt is a new one');
  });

  it('carries a conversation as chatrooms of a server do', async () => {
    const { rooms, requests } = openRooms();
    const endpoint = { ...createMemoryEndpoint(), chatrooms: rooms };
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one', { systemPrompt: 'Be short.' });
    const second = await askTurn(endpoint, journal, [first.visible], 'two');
    assert.equal(second.visible.reply, 'Re: two');
    assert.equal(second.binding?.room, first.binding?.room);
    assert.deepEqual(
      requests.at(-1)?.messages.map(({ content }) => content),
      ['Be short.', 'one', 'Re: one', 'two'],
    );
    const fork = await askTurn(endpoint, journal, [first.visible], 'other');
    assert.notEqual(fork.binding?.room, first.binding?.room);
    const forked = [first.visible, fork.visible];
    const third = await askTurn(endpoint, journal, forked, 'three');
    assert.deepEqual(
      requests.at(-1)?.messages.map(({ content }) => content),
      ['one', 'Re: one', 'other', 'Re: other', 'three'],
      'the carried turns are stored once',
    );
    await rooms.remove(fork.binding?.room ?? '');
    const gone = await askTurn(endpoint, journal, [...forked, third.visible], 'four');
    assert.match(gone.notices.join(), /no longer exists/);
    assert.equal(gone.visible.reply, 'Re: four');
  });
});
