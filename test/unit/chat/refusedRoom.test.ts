import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';

/** An endpoint that refuses while `refuses` is true. */
function refusing() {
  const state = { refuses: true };
  const endpoint = createMemoryEndpoint({
    async *reply() {
      if (state.refuses) throw new ApiError('rateLimited', 'slow down', { status: 429 });
      yield textChunk('ok', 'stop');
    },
  });
  return { state, endpoint, journal: createMemoryJournal() };
}

describe('a room whose first turn was refused', () => {
  it('is left to the conversation that went on there', async () => {
    const { state, endpoint, journal } = refusing();
    const a = await askTurn(endpoint, journal, [], 'hi');
    state.refuses = false;
    const b = await askTurn(endpoint, journal, [], 'hi');
    assert.equal(b.binding?.room, a.binding?.room);
    assert.notEqual(b.binding?.conversation, a.binding?.conversation);
    const b2 = await askTurn(endpoint, journal, [b.visible], 'more of b');
    assert.equal(b2.binding?.room, 'ch_1');
    assert.deepEqual(b2.notices, []);

    const a2 = await askTurn(endpoint, journal, [a.visible], 'a goes on');
    assert.equal(a2.binding?.room, 'ch_2');
    assert.equal(a2.binding?.conversation, a.binding?.conversation);
    assert.deepEqual(a2.notices, []);
    assert.deepEqual(endpoint.requests.at(-1)?.request.messages, [{ role: 'user', content: 'a goes on' }]);
    const a3 = await askTurn(endpoint, journal, [a.visible, a2.visible], 'and on');
    assert.equal(a3.binding?.room, 'ch_2');
  });

  it('goes on with its own conversation, which is told of the panel’s turns', async () => {
    const { state, endpoint, journal } = refusing();
    const a = await askTurn(endpoint, journal, [], 'hi');
    state.refuses = false;
    await askTurn(endpoint, journal, [a.visible], 'in the panel', { surface: 'panel' });
    const a2 = await askTurn(endpoint, journal, [a.visible], 'a goes on');
    assert.equal(a2.binding?.room, 'ch_1');
    assert.deepEqual(a2.notices, ['1 turn was added to this chatroom elsewhere.']);
  });
});
