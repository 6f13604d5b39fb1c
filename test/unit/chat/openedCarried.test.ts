import assert from 'node:assert/strict';
import { openedConversation, visibleOpened } from '../../../src/chat/openedRoom.ts';
import type { TurnBinding } from '../../../src/chat/turns.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint } from './support/memoryChatrooms.ts';

const carried = [{ prompt: 'before', reply: 'answered' }];

describe('a room that was opened with a transcript which its server lacks', () => {
  for (const storesCarried of [false, true]) {
    it(`brings it along ${storesCarried ? 'until the server holds it' : 'with each prompt'}`, async () => {
      const [endpoint, journal] = [createMemoryEndpoint({ storesCarried }), createMemoryJournal()];
      const { id: room } = await endpoint.chatrooms.create({ name: 'Fork' });
      endpoint.addMessage(room, 'user', 'own');
      endpoint.addMessage(room, 'assistant', 'reply');
      const binding: TurnBinding = { conversation: 'c', room, connection: 'tachyon', turn: 'opened' };
      const visible = visibleOpened({ binding, turns: [{ prompt: 'own', reply: 'reply' }], carried });
      const first = await askTurn(endpoint, journal, visible, 'one');
      assert.equal(first.visible.binding?.room, room);
      await askTurn(endpoint, journal, [...visible, first.visible], 'two');
      const sent = endpoint.requests.map(({ request }) => request.messages.map(({ content }) => content));
      const brought = ['before', 'answered'];
      assert.deepEqual(sent, [
        [...brought, 'one'],
        [...(storesCarried ? [] : brought), 'two'],
      ]);
    });
  }

  it('keeps the transcript in what VS Code stores, and takes none of another shape', () => {
    const binding: TurnBinding = { conversation: 'c', room: 'r', connection: 'tachyon', turn: 't' };
    const read = (value: unknown) =>
      openedConversation({ metadata: { tachyon: { opened: { binding, turns: [], carried: value } } } });
    assert.deepEqual(read(carried)?.carried, carried);
    for (const value of [undefined, 'text', [{ prompt: 1, reply: 'r' }]])
      assert.deepEqual(read(value), { binding, turns: [] });
  });
});
