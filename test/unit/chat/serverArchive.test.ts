import assert from 'node:assert/strict';
import type { ChatroomOperations } from '../../../src/api/endpoint.ts';
import type { ChatMessage } from '../../../src/api/wire.ts';
import { parseArchive, writeArchive } from '../../../src/chat/chatArchive.ts';
import { archiveServerRoom } from '../../../src/chat/serverArchive.ts';
import { fingerprint } from '../../../src/chat/fingerprint.ts';
import type { TurnRecord } from '../../../src/chat/turns.ts';

async function record(prompt: string, model: string): Promise<TurnRecord> {
  const ids = { turn: model, conversation: 'c', connection: 'tachyon', surface: 'participant' as const };
  return { ...ids, room: 'ch_1', model, promptHash: await fingerprint(prompt), askedAt: '' };
}

const time = (second: number) => `2026-01-01T00:00:0${second}Z`;

/** A room of 5,230 messages. */
const listMany: ChatroomOperations['listMessages'] = async (_, { offset = 0 }) =>
  Array.from({ length: Math.max(0, Math.min(100, 5230 - offset)) }, (_unused, i) => ({
    id: `m${offset + i}`,
    role: 'user',
    text: `${offset + i}`,
    type: 'text',
  }));

describe('the archive of a chatroom on a server', () => {
  it('holds everything the server tells, oldest first, with the models that the journal knows', async () => {
    const messages: ChatMessage[] = [
      { id: 'm4', role: 'assistant', text: 'b', type: 'text', created_at: time(4) },
      { id: 'm3', role: 'user', text: 'p', type: 'text', created_at: time(3) },
      { id: 'm2', role: 'assistant', text: 'a', type: 'text', created_at: time(2) },
      { id: 'm1', role: 'user', text: 'p', type: 'text', created_at: time(1), user_id: 'u' },
      { id: 'm0', role: 'tool', text: '', type: 'tool-result', created_at: time(0) },
    ];
    const room = await archiveServerRoom({
      chatrooms: { listMessages: async (_, { offset = 0 }) => messages.slice(offset) },
      room: { id: 'ch_1', name: 'r', metadata: { workspace: 'w' }, created_at: time(0) },
      kind: 'tachyon',
      records: [await record('p', 'first'), await record('p', 'second')],
    });
    assert.deepEqual(
      room.messages.map(({ id, model, user_id: user, message }) => [
        id,
        message.role,
        message.content,
        model,
        user,
      ]),
      [
        ['m0', 'assistant', '[tool-result]', undefined, undefined],
        ['m1', 'user', 'p', undefined, 'u'],
        ['m2', 'assistant', 'a', 'first', undefined],
        ['m3', 'user', 'p', undefined, undefined],
        ['m4', 'assistant', 'b', 'second', undefined],
      ],
    );
    assert.equal(room.updated_at, '2026-01-01T00:00:04.000Z');
    assert.deepEqual(parseArchive(writeArchive([room])), [room]);
  });

  it('holds a room that is longer than an answer ever reads', async () => {
    const archived = await archiveServerRoom({
      chatrooms: { listMessages: listMany },
      room: { id: 'ch_1', name: 'r', metadata: {} },
      kind: 'tachyon',
      records: [],
    });
    assert.equal(archived.messages.length, 5230);
  });

  it('can be imported although the server gives neither ids nor times', async () => {
    const untold = ['user', 'assistant'].map((role) => ({ id: '', role, text: role, type: 'text' }));
    const room = await archiveServerRoom({
      chatrooms: { listMessages: async () => untold },
      room: { id: 'ch_1', name: '', metadata: {} },
      kind: 'tachyon',
      records: [],
    });
    const [read] = parseArchive(writeArchive([room]));
    assert.deepEqual(
      read?.messages.map(({ id }) => id),
      ['msg_0', 'msg_1'],
    );
  });
});
