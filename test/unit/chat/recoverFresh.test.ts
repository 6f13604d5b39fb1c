import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import type { ChatCompletionChunk } from '../../../src/api/wire.ts';
import { recoverRoom } from '../../../src/chat/recoverRoom.ts';
import type { TurnRecord } from '../../../src/chat/turns.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint } from './support/memoryChatrooms.ts';
import { createQuickClock } from './support/quickClock.ts';

async function* refuse(): AsyncGenerator<ChatCompletionChunk> {
  yield* [];
  throw new ApiError('badRequest', 'never answered');
}

/** A room with a prompt whose host was killed before the answer; the answer comes with the `look`th look. */
async function killed(look: number, askedAt: Date) {
  let looks = 0;
  const endpoint = createMemoryEndpoint({
    reply: refuse,
    beforeList: (room) => {
      looks += 1;
      if (looks === look) endpoint.addMessage(room, 'assistant', 'late');
    },
  });
  const journal = createMemoryJournal();
  const { binding } = await askTurn(endpoint, journal, [], 'p');
  const room = binding?.room ?? '';
  endpoint.rooms.set(room, []);
  endpoint.addMessage(room, 'user', 'p');
  const [record] = await journal.records(room);
  assert.ok(record);
  const { outcome: _, ...running } = record;
  const unfinished: TurnRecord = { ...running, askedAt: askedAt.toISOString() };
  looks = 0;
  return { endpoint, room, journal: { ...journal, records: async () => [unfinished] } };
}

describe('a turn of a killed host, looked up at once', () => {
  it('is waited for if the server may still be writing its answer', async () => {
    const { endpoint, room, journal } = await killed(3, new Date());
    const from = {
      room,
      kind: 'tachyon' as const,
      chatrooms: endpoint.chatrooms,
      journal,
      clock: createQuickClock(),
    };
    const [settled] = await recoverRoom({ ...from, isFresh: true }, () => false);
    assert.equal(settled?.reply, 'late');
  });

  it('is not waited for if it was asked long ago, or if nobody wants that', async () => {
    for (const [askedAt, isFresh] of [
      [new Date(Date.now() - 3_600_000), true],
      [new Date(), false],
    ] as const) {
      const { endpoint, room, journal } = await killed(3, askedAt);
      const from = {
        room,
        kind: 'tachyon' as const,
        chatrooms: endpoint.chatrooms,
        journal,
        clock: createQuickClock(),
      };
      const [settled] = await recoverRoom({ ...from, isFresh }, () => false);
      assert.equal(settled?.reply, undefined);
    }
  });
});
