import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { endpointId } from '../../../src/chat/endpointId.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint } from './support/memoryChatrooms.ts';

describe('the fingerprint of an endpoint', () => {
  it('differs by origin and operator and names neither', async () => {
    const id = await endpointId({ url: 'https://api.example.com', operatorId: 'tn_1' });
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.equal(await endpointId({ url: 'https://API.example.com:443', operatorId: 'tn_1' }), id);
    const others = await Promise.all([
      endpointId({ url: 'https://api.example.com' }),
      endpointId({ url: 'https://api.example.com', operatorId: 'tn_2' }),
      endpointId({ url: 'http://api.example.com', operatorId: 'tn_1' }),
      endpointId({ url: 'no url', operatorId: 'tn_1' }),
    ]);
    assert.equal(new Set([id, ...others]).size, 5);
  });

  it('takes the conversation to a new room with its transcript where it changed', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one', { endpointId: 'x' });
    assert.equal(first.binding?.endpoint, 'x');
    const same = await askTurn(endpoint, journal, [first.visible], 'two', { endpointId: 'x' });
    assert.equal(same.binding?.room, 'ch_1');
    const { binding: _, ...lost } = first.visible;
    for (const visible of [[first.visible, same.visible], [lost]]) {
      const other = createMemoryEndpoint();
      const moved = await askTurn(other, journal, visible, 'three', { endpointId: 'y' });
      assert.match(moved.notices.join(), /connection has changed/);
      assert.equal(other.requests[0]?.request.messages.length, visible.length * 2 + 1);
      assert.equal(moved.binding?.endpoint, 'y');
    }
  });

  it('says nothing where an older turn has none', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    const second = await askTurn(endpoint, journal, [first.visible], 'two', { endpointId: 'x' });
    assert.equal(second.binding?.room, 'ch_1');
    assert.deepEqual(second.notices, []);
  });

  it('keeps a refused first turn out of a room on another server', async () => {
    const journal = createMemoryJournal();
    const refusing = createMemoryEndpoint({
      reply: () => {
        throw new ApiError('unauthorized', 'bad key', { status: 401 });
      },
    });
    await askTurn(refusing, journal, [], 'one', { endpointId: 'x' });
    const other = createMemoryEndpoint();
    const asked = await askTurn(other, journal, [], 'one', { endpointId: 'y' });
    assert.deepEqual(asked.notices, []);
    assert.equal(other.created.length, 1);
  });
});
