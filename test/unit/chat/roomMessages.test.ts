import assert from 'node:assert/strict';
import type { ChatroomOperations } from '../../../src/api/endpoint.ts';
import type { ChatMessage } from '../../../src/api/wire.ts';
import { fingerprint, sha256Hex } from '../../../src/chat/fingerprint.ts';
import { countForeign, heldTurns, holdsCarried, readRoom } from '../../../src/chat/roomMessages.ts';
import type { TurnRecord } from '../../../src/chat/turns.ts';

const message = (
  text: string,
  role = 'user',
  id: string = crypto.randomUUID(),
  type = 'text',
): ChatMessage => ({ id, role, text, type });
const numbered = (limit: number, offset: number, count: number) =>
  Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, i) =>
    message('x', 'user', `${offset + i}`),
  );
const many = Array.from({ length: 250 }, (_, i) => message(`m${i}`, 'user', `id${i}`));

const withoutIds = many.map((one) => ({ ...one, id: '' }));

async function turn(prompt: string, more: Partial<TurnRecord> = {}): Promise<TurnRecord> {
  return {
    turn: prompt,
    conversation: 'c',
    connection: 'tachyon',
    room: 'r',
    surface: 'participant',
    promptHash: await fingerprint(prompt),
    askedAt: '2026-11-21T00:00:00Z',
    outcome: 'answered',
    ...more,
  };
}

describe('readRoom', () => {
  const servers: [string, (limit: number, offset: number) => ChatMessage[], number, number][] = [
    ['pages as asked', (limit, offset) => many.slice(offset, offset + limit), 250, 4],
    ['caps the page', (_, offset) => many.slice(offset, offset + 50), 250, 6],
    ['ignores the offset', (limit) => many.slice(0, limit), 100, 2],
    ['ignores both', () => many, 250, 2],
    ['gives no ids', (limit, offset) => withoutIds.slice(offset, offset + limit), 250, 4],
    ['gives no ids and ignores the offset', (limit) => withoutIds.slice(0, limit), 100, 2],
    ['has little', () => many.slice(0, 3), 3, 1],
    ['has 5,000 turns', (limit, offset) => numbered(limit, offset, 10_000), 10_000, 101],
  ];
  for (const [what, serve, expected, calls] of servers) {
    it(`reads from a server that ${what}`, async () => {
      let called = 0;
      const found = await readRoom(
        {
          listMessages: async (_room, { limit = 0, offset = 0 }) => {
            called += 1;
            return serve(limit, offset);
          },
        },
        'r',
      );
      assert.equal(found.length, expected);
      assert.ok(called <= calls, `${called} calls`);
    });
  }

  it('gives up on a server that never ends, and does not pass a part for the whole', async () => {
    const endless: Pick<ChatroomOperations, 'listMessages'> = {
      listMessages: async (_, { limit = 0, offset = 0 }) => numbered(limit, offset, Infinity),
    };
    await assert.rejects(readRoom(endless, 'r'), { name: 'ApiError', kind: 'malformedReply' });
  });
});

describe('messages of a room', () => {
  it('counts only user messages that no turn accounts for', async () => {
    const messages = [
      message('a'),
      message('answer', 'assistant'),
      message('a'),
      message(' b\r\n'),
      message('context\n\nc'),
      message('carried'),
    ];
    const records = [
      await turn('a'),
      await turn('b'),
      await turn('c', { contentHash: await fingerprint('context\n\nc') }),
    ];
    assert.equal(await countForeign(messages, records, [{ prompt: 'carried', reply: 'r' }]), 1);
  });

  it('does not take our own turns for foreign where the server stores them in another form', async () => {
    const messages = [message('<user>a</user>'), message('<user>b</user>'), message('<user>web</user>')];
    assert.equal(await countForeign(messages, [await turn('a'), await turn('b')], []), 1);
  });

  const media: [string, ChatMessage[], number][] = [
    [
      'images and files that came with it',
      [message('', 'user', 'i', 'image'), message('', 'user', 'f', 'file')],
      0,
    ],
    ['an image that says something', [message('look', 'user', 'i', 'image')], 1],
    ['an empty text', [message('')], 1],
  ];
  for (const [what, messages, expected] of media) {
    it(`counts ${expected} foreign beside a prompt for ${what}`, async () => {
      assert.equal(await countForeign([message('a'), ...messages], [await turn('a')], []), expected);
    });
  }

  it('finds which uncertain turns are there, equal prompts only as often as they are', async () => {
    const unknown = await turn('a', { turn: 'second', outcome: 'unknown' });
    const records = [await turn('a'), unknown];
    assert.deepEqual(await heldTurns([message('a')], [unknown], records), new Set());
    assert.deepEqual(await heldTurns([message('a'), message('a')], [unknown], records), new Set(['second']));
  });

  it('tells whether a carried transcript was kept', async () => {
    const carried = [
      { prompt: 'a', reply: '1' },
      { prompt: 'unanswered', reply: '' },
      { prompt: 'b', reply: '2' },
    ];
    assert.equal(
      await holdsCarried([message('a'), message('unanswered\n\nb'), message('new')], carried, []),
      true,
    );
    assert.equal(await holdsCarried([message('a'), message('new')], carried, []), false);
    assert.equal(await holdsCarried([message('new')], [], []), false);
  });

  it('takes no own prompt for the equal one that was carried', async () => {
    const carried = [{ prompt: 'a', reply: '1' }];
    const own = [await turn('a')];
    assert.equal(await holdsCarried([message('a')], carried, own), false);
    assert.equal(await holdsCarried([message('a'), message('a')], carried, own), true);
    const refused = [await turn('a', { outcome: 'refused' })];
    assert.equal(await holdsCarried([message('a')], carried, refused), true);
  });

  it('hashes with SHA-256', async () => {
    assert.equal(await sha256Hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
