import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ListQuery } from '../../../../src/api/endpoint.ts';
import type { ChatMessage } from '../../../../src/api/wire.ts';
import { messageTurns } from '../../../../src/chat/messageTurns.ts';
import { createRoomTranscript } from '../../../../src/chat/panel/roomTranscript.ts';

interface RoomOptions {
  readonly newestFirst?: boolean;
  /** The server gives no more than so many. */
  readonly cap?: number;
  readonly ignoresOffset?: boolean;
}

function message(i: number, role = i % 2 === 0 ? 'user' : 'assistant'): ChatMessage {
  const created_at = new Date(1_700_000_000_000 + i * 1000).toISOString();
  return { id: `m${i}`, role, text: `${role} ${i}`, type: 'text', created_at };
}

function room(count: number, { newestFirst = false, cap = 100, ignoresOffset = false }: RoomOptions = {}) {
  const messages = Array.from({ length: count }, (_, i) => message(i));
  const calls: ListQuery[] = [];
  const read: ChatMessage[] = [];
  return {
    messages,
    calls,
    read,
    chatrooms: {
      listMessages: async (_id: string, query: ListQuery) => {
        calls.push(query);
        const { limit = 20, offset = 0 } = query;
        const from = ignoresOffset ? 0 : offset;
        const all = newestFirst ? messages.toReversed() : messages;
        const found = all.slice(from, from + Math.min(limit, cap));
        read.push(...found);
        return found;
      },
    },
  };
}

function text(role: string, value: string): ChatMessage {
  return { id: `${role} ${value}`, role, text: value, type: 'text' };
}

async function prompts(transcript: ReturnType<typeof createRoomTranscript>, first: number, count: number) {
  return (await transcript.turns(first, count)).map(({ prompt, reply }) => `${prompt} / ${reply}`);
}

describe('the transcript of a room', () => {
  it('is read with one request if it is short', async () => {
    const { chatrooms, calls } = room(10);
    const transcript = createRoomTranscript(chatrooms, 'r');
    await transcript.open();
    assert.equal(transcript.count, 5);
    assert.equal(transcript.isWhole, true);
    assert.deepEqual(await prompts(transcript, 4, 9), ['user 8 / assistant 9']);
    assert.equal(calls.length, 1);
  });

  for (const [name, options] of [
    ['oldest first', {}],
    ['newest first', { newestFirst: true }],
    ['20 a page', { cap: 20 }],
  ] as const) {
    it(`shows the end of 5,000 messages before the rest is read: ${name}`, async () => {
      const { chatrooms, read } = room(5000, options);
      const transcript = createRoomTranscript(chatrooms, 'r');
      await transcript.open();
      assert.equal(transcript.isWhole, false);
      assert.ok(read.length < 400, `${read.length} messages were read`);
      assert.deepEqual(await prompts(transcript, transcript.count - 1, 1), ['user 4998 / assistant 4999']);
      await transcript.complete();
      assert.equal(transcript.count, 2500);
      assert.equal(transcript.isWhole, true);
      assert.deepEqual(await prompts(transcript, 0, 1), ['user 0 / assistant 1']);
      assert.deepEqual(await prompts(transcript, 1234, 2), [
        'user 2468 / assistant 2469',
        'user 2470 / assistant 2471',
      ]);
      assert.deepEqual(await prompts(transcript, 2499, 5), ['user 4998 / assistant 4999']);
    });
  }

  it('finds the end of rooms of any length, in both orders', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 1200 }),
        fc.boolean(),
        fc.constantFrom(20, 37, 100),
        async (count, newestFirst, cap) => {
          const { chatrooms, messages } = room(count, { newestFirst, cap });
          const transcript = createRoomTranscript(chatrooms, 'r');
          await transcript.open();
          await transcript.complete();
          assert.deepEqual(await transcript.turns(0, transcript.count), messageTurns(messages));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts the turns that it gives, whatever messages without text or of other roles stand between', async () => {
    const any = fc.record({
      role: fc.constantFrom('user', 'assistant', 'system'),
      text: fc.constantFrom('a', '', '  '),
      type: fc.constantFrom('text', 'image'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 8 }), fc.nat({ max: 8 }), async (all, there) => {
        const { chatrooms, messages } = room(0);
        const made = all.map((one, i) => ({ ...message(i), ...one }));
        messages.push(...made.slice(0, there));
        const transcript = createRoomTranscript(chatrooms, 'r');
        await transcript.open();
        messages.push(...made.slice(there));
        await transcript.refresh();
        const turns = messageTurns(made);
        assert.equal(transcript.count, turns.length);
        for (const [i, turn] of turns.entries()) assert.deepEqual(await transcript.turns(i, 1), [turn]);
      }),
      { numRuns: 500 },
    );
  });

  it('ends where a server that ignores the offset begins anew', async () => {
    const { chatrooms } = room(100, { ignoresOffset: true });
    const transcript = createRoomTranscript(chatrooms, 'r');
    await transcript.open();
    assert.equal(transcript.count, 50);
  });

  it('ends with the first page where a server takes any offset for the last one', async () => {
    const { chatrooms, messages } = room(500);
    const clamped = {
      listMessages: (id: string, query: ListQuery) =>
        chatrooms.listMessages(id, { ...query, offset: Math.min(query.offset ?? 0, messages.length - 1) }),
    };
    const transcript = createRoomTranscript(clamped, 'r');
    await transcript.open();
    assert.equal(transcript.count, 50);
  });

  for (const newestFirst of [false, true]) {
    it(`reads what is new without reading the room again, ${newestFirst ? 'newest' : 'oldest'} first`, async () => {
      const { chatrooms, calls, messages } = room(900, { newestFirst });
      const transcript = createRoomTranscript(chatrooms, 'r');
      await transcript.open();
      await transcript.complete();
      const before = calls.length;
      messages.push(message(900), message(901));
      await transcript.refresh();
      assert.equal(transcript.count, 451);
      assert.deepEqual(await prompts(transcript, 449, 2), [
        'user 898 / assistant 899',
        'user 900 / assistant 901',
      ]);
      assert.ok(calls.length - before <= 2, `${calls.length - before} requests`);
    });
  }

  it('takes over a reply that has grown', async () => {
    const { chatrooms, messages } = room(4);
    const transcript = createRoomTranscript(chatrooms, 'r');
    await transcript.open();
    messages[3] = { ...message(3), text: 'longer' };
    await transcript.refresh();
    assert.deepEqual(await prompts(transcript, 1, 1), ['user 2 / longer']);
  });

  it('is read anew if the room went another way, and after more than a page came', async () => {
    const { chatrooms, messages } = room(400);
    const transcript = createRoomTranscript(chatrooms, 'r');
    await transcript.open();
    await transcript.complete();
    messages.splice(100, 4);
    await transcript.refresh();
    assert.equal(transcript.count, messageTurns(messages).length);
    for (let i = 400; i < 700; i += 1) messages.push(message(i));
    await transcript.refresh();
    assert.equal(transcript.count, messageTurns(messages).length);
    assert.equal(transcript.isWhole, true);
  });

  it('keeps no more than some megabytes of a room, and reads the rest again', async () => {
    const { chatrooms, calls, messages } = room(3000);
    messages.forEach((one, i) => (messages[i] = { ...one, text: `${one.text} ${'x'.repeat(9000)}` }));
    const transcript = createRoomTranscript(chatrooms, 'r');
    await transcript.open();
    await transcript.complete();
    const before = calls.length;
    assert.match((await prompts(transcript, 0, 1))[0] ?? '', /^user 0 /);
    assert.ok(calls.length > before, 'the beginning was let go');
    const kept = transcript.keptEnd();
    assert.equal(kept.at(-1)?.id, 'm2998');
    assert.ok(kept.length < 1500 && kept.length > 50, String(kept.length));
  });
});

describe('the turns of messages', () => {
  it('have pictures as attachments, thoughts apart, and prompts without an answer', () => {
    const picture: ChatMessage = { id: 'p', role: 'user', text: '', type: 'image' };
    const partial = { ...text('assistant', 'half'), isPartial: true };
    const turns = messageTurns([
      text('system', 's'),
      text('user', 'one'),
      picture,
      text('assistant', '<think>hm</think>yes'),
      text('user', 'lost'),
      text('user', 'two'),
      partial,
    ]);
    assert.deepEqual(
      turns.map(({ prompt, attachments, reply, reasoning, isPartial }) => [
        prompt,
        attachments,
        reply,
        reasoning,
        isPartial,
      ]),
      [
        ['one', ['image'], 'yes', 'hm', false],
        ['lost', [], '', '', false],
        ['two', [], 'half', '', true],
      ],
    );
  });
});
