import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import type { VisibleTurn } from '../../../src/chat/turns.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint, type MemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';

const carried = [
  { role: 'user', content: 'one' },
  { role: 'assistant', content: 'ok' },
];

/** An endpoint that fails with `error` while there is one. */
function faulty(storesCarried = false, roomPrefix = 'ch') {
  const state: { error: ApiError | undefined; listError: ApiError | undefined } = {
    error: undefined,
    listError: undefined,
  };
  const endpoint = createMemoryEndpoint({
    storesCarried,
    roomPrefix,
    beforeList: () => {
      if (state.listError) throw state.listError;
    },
    async *reply() {
      if (state.error) throw state.error;
      yield textChunk('ok', 'stop');
    },
  });
  return { state, endpoint, journal: createMemoryJournal() };
}

function lastMessages(endpoint: MemoryEndpoint) {
  return endpoint.requests.at(-1)?.request.messages;
}

/** A conversation whose second turn was edited: the edit is the first request of a fork. */
async function forked(fault: 'refused' | 'unreadable') {
  const { state, endpoint, journal } = faulty(true);
  const first = await askTurn(endpoint, journal, [], 'one');
  await askTurn(endpoint, journal, [first.visible], 'two');
  const error = new ApiError('rateLimited', 'slow down', { status: 429 });
  if (fault === 'refused') state.error = error;
  else state.listError = error;
  const edited = await askTurn(endpoint, journal, [first.visible], 'edited');
  assert.equal(edited.binding?.room, 'ch_2');
  return { state, endpoint, journal, visible: [first.visible, edited.visible] };
}

describe('a carried transcript', () => {
  for (const storesCarried of [true, false]) {
    it(`brings a prompt without an answer once; a server that ${storesCarried ? 'keeps' : 'drops'} it`, async () => {
      const { state, endpoint, journal } = faulty();
      state.error = new ApiError('server', 'broken', { status: 500 });
      const visible: VisibleTurn[] = [(await askTurn(endpoint, journal, [], 'one')).visible];

      const other = faulty(storesCarried, 'other');
      const moved = { ...other.endpoint, connection: 'staging' };
      other.state.error = new ApiError('rateLimited', 'slow down', { status: 429 });
      visible.push((await askTurn(moved, journal, visible, 'two')).visible);
      assert.deepEqual(lastMessages(moved), [{ role: 'user', content: 'one\n\ntwo' }]);

      other.state.error = undefined;
      visible.push((await askTurn(moved, journal, visible, 'two again')).visible);
      assert.deepEqual(
        lastMessages(moved),
        [{ role: 'user', content: 'one\n\ntwo again' }],
        'none was taken',
      );
      for (const prompt of ['three', 'four']) {
        visible.push((await askTurn(moved, journal, visible, prompt)).visible);
        assert.deepEqual(lastMessages(moved), [{ role: 'user', content: prompt }]);
      }
      assert.equal(moved.created.length, 1);
    });
  }

  it('keeps a room’s answered turns apart from the prompt without an answer', async () => {
    const { state, endpoint, journal } = faulty();
    const visible: VisibleTurn[] = [(await askTurn(endpoint, journal, [], 'one')).visible];
    state.error = new ApiError('server', 'broken', { status: 500 });
    visible.push((await askTurn(endpoint, journal, visible, 'failed')).visible);
    state.error = undefined;
    const moved = { ...faulty(false, 'other').endpoint, connection: 'staging' };
    visible.push((await askTurn(moved, journal, visible, 'two')).visible);
    assert.deepEqual(lastMessages(moved), [...carried, { role: 'user', content: 'failed\n\ntwo' }]);
    await askTurn(moved, journal, visible, 'three');
    assert.deepEqual(lastMessages(moved), [...carried, { role: 'user', content: 'three' }]);
  });

  it('is looked for again when the first request of a fork was refused', async () => {
    const { state, endpoint, journal, visible } = await forked('refused');
    state.error = undefined;
    visible.push((await askTurn(endpoint, journal, visible, 'edited')).visible);
    assert.equal(lastMessages(endpoint)?.length, 3);
    await askTurn(endpoint, journal, visible, 'three');
    assert.deepEqual(lastMessages(endpoint), [{ role: 'user', content: 'three' }]);
  });

  it('is looked for again when the room could not be read', async () => {
    const { state, endpoint, journal, visible } = await forked('unreadable');
    visible.push((await askTurn(endpoint, journal, visible, 'three')).visible);
    assert.equal(lastMessages(endpoint)?.length, 3, 'nobody knows: sent again');
    state.listError = undefined;
    await askTurn(endpoint, journal, visible, 'four');
    assert.deepEqual(lastMessages(endpoint), [{ role: 'user', content: 'four' }]);
  });

  it('is looked for anew where the room is gone and another one takes over', async () => {
    const { state, endpoint, journal, visible } = await forked('unreadable');
    state.listError = undefined;
    visible.push((await askTurn(endpoint, journal, visible, 'three')).visible);
    endpoint.rooms.delete('ch_2');
    visible.push((await askTurn(endpoint, journal, visible, 'four')).visible);
    const [record] = await journal.records('ch_3');
    assert.equal(record?.carriedStored, true);
    assert.equal(lastMessages(endpoint)?.length, 7);
    await askTurn(endpoint, journal, visible, 'five');
    assert.deepEqual(lastMessages(endpoint), [{ role: 'user', content: 'five' }]);
  });
});
