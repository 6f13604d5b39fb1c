import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

describe('a stop', () => {
  it('before the turn begins leaves nothing in the journal', async () => {
    const store = createMemoryFileStore();
    const journal = createFileJournal(store, 'w');
    const endpoint = createMemoryEndpoint();
    const first = await askTurn(endpoint, journal, [], 'one');
    const files = [...store.files.keys()];
    await askTurn(endpoint, journal, [first.visible], 'two', { signal: AbortSignal.abort() });
    assert.deepEqual([...store.files.keys()], files);
    const third = await askTurn(endpoint, journal, [first.visible], 'three');
    assert.equal(third.binding?.room, 'ch_1', 'no fork');
  });

  it('between the room and the prompt is a turn that was never sent', async () => {
    const stop = new AbortController();
    const endpoint = createMemoryEndpoint();
    const create = endpoint.chatrooms.create.bind(endpoint.chatrooms);
    endpoint.chatrooms.create = async (room) => {
      const created = await create(room);
      stop.abort();
      return created;
    };
    const journal = createMemoryJournal();
    const asked = await askTurn(endpoint, journal, [], 'one', { signal: stop.signal });
    assert.ok(asked.error instanceof Error && asked.error.name === 'AbortError');
    assert.equal(endpoint.requests.length, 0);
    assert.equal((await journal.records('ch_1'))[0]?.outcome, 'refused');
    const again = await askTurn(endpoint, journal, [], 'one');
    assert.equal(again.binding?.room, 'ch_1', 'its room is used');
  });

  for (const isStored of [true, false]) {
    it(`before anything came back ${isStored ? 'forks' : 'does not fork'} where the room ${isStored ? 'holds' : 'lacks'} the prompt`, async () => {
      const stop = new AbortController();
      const endpoint = createMemoryEndpoint({
        async *reply() {
          if (isSecond) {
            stop.abort();
            stop.signal.throwIfAborted();
          }
          yield textChunk('ok', 'stop');
        },
      });
      const journal = createMemoryJournal();
      let isSecond = false;
      const first = await askTurn(endpoint, journal, [], 'one');
      isSecond = true;
      await askTurn(endpoint, journal, [first.visible], 'two', { signal: stop.signal });
      if (isStored) endpoint.addMessage('ch_1', 'user', 'two');
      isSecond = false;
      const retried = await askTurn(endpoint, journal, [first.visible], 'two');
      assert.equal(retried.binding?.room, isStored ? 'ch_2' : 'ch_1');
    });
  }

  it('while the notice is waited for ends the wait', async () => {
    await waitForCount((stop) => stop.abort());
  });

  it('is not needed for long: the count has 300 ms', async () => {
    await waitForCount(() => mock.timers.tick(300));
  });
});

/** Asks with a room that cannot be counted; `end` must end the wait for the count. */
async function waitForCount(end: (stop: AbortController) => void): Promise<void> {
  const stop = new AbortController();
  let isSecond = false;
  const endpoint = createMemoryEndpoint({
    beforeList: () => (isSecond ? new Promise<void>(() => undefined) : undefined),
    async *reply() {
      yield textChunk('ok', 'stop');
    },
  });
  const journal = createMemoryJournal();
  const first = await askTurn(endpoint, journal, [], 'one');
  isSecond = true;
  const update = journal.update.bind(journal);
  const waiting = Promise.withResolvers<void>();
  journal.update = async (turn, room, patch) => {
    await update(turn, room, patch);
    if (patch.outcome === 'answered') waiting.resolve();
  };
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const asked = askTurn(endpoint, journal, [first.visible], 'two', { signal: stop.signal });
    await waiting.promise;
    // The wait begins once the outcome is written.
    await new Promise((resolve) => setImmediate(resolve));
    end(stop);
    const { events, error } = await asked;
    assert.equal(error, undefined);
    assert.equal(events.at(-1)?.type, 'finished');
  } finally {
    mock.timers.reset();
  }
}
