import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { ApiError } from '../../../src/api/apiError.ts';
import type { RequestOptions } from '../../../src/api/connection.ts';
import { withRetries } from '../../../src/api/retry.ts';
import { ask } from '../../../src/chat/ask.ts';
import type { AskInput } from '../../../src/chat/askInput.ts';
import type { ReplyEvent, WaitEvent } from '../../../src/chat/replyEvents.ts';
import { askTurn, createMemoryJournal, newTurn } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';

/** Longer than any test lasts. */
const retryAfterMs = 10_000_000;
const busy = new ApiError('rateLimited', 'slow down', { status: 429, retryAfterMs });
const refused = new ApiError('network', 'refused', { code: 'ECONNREFUSED', mayHaveBeenAccepted: false });

/** An endpoint that fails with these errors, one each time, and sends again as the real one does. */
function failing(...errors: readonly ApiError[]) {
  const state = { attempts: 0, errors: [...errors] };
  const ended = Promise.withResolvers<void>();
  const start = async () => {
    state.attempts += 1;
    const error = state.errors.shift();
    if (error) throw error;
  };
  const endpoint = createMemoryEndpoint({
    async *reply(_request, { signal, onRetry }: RequestOptions) {
      const rule = {
        config: {
          strategy: 'backoff',
          backoff: { initialInterval: retryAfterMs, maxInterval: retryAfterMs, maxElapsedTime: 1e9 },
        },
        codes: [],
        idempotent: false,
      } as const;
      try {
        await withRetries(start, rule, [signal], onRetry);
        yield textChunk('at last', 'stop');
      } finally {
        ended.resolve();
      }
    },
  });
  return { state, endpoint, ended: ended.promise, journal: createMemoryJournal() };
}

function isWait(event: ReplyEvent): event is WaitEvent {
  return event.type === 'state' && event.state === 'waiting';
}

/** Asks, and does something at each wait. */
async function askThrough(input: AskInput, onWait: (event: WaitEvent) => void) {
  const events: ReplyEvent[] = [];
  try {
    for await (const event of ask(input)) {
      events.push(event);
      if (isWait(event)) onWait(event);
    }
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
}

describe('a wait before a request is sent again', () => {
  it('is told while it lasts, and ends when the person says so', async () => {
    const { state, endpoint, journal } = failing(busy, refused);
    const attempts: number[] = [];
    const { events } = await askThrough(newTurn(endpoint, { journal }), ({ tryNow }) => {
      attempts.push(state.attempts);
      tryNow();
    });
    assert.deepEqual(
      events.map((event) => (event.type === 'state' ? event.state : event.type)),
      ['progress', 'waiting', 'waiting', 'streaming', 'textDelta', 'finished'],
    );
    const waits = events.filter(isWait);
    assert.deepEqual(
      waits.map(({ error }) => error),
      [busy, refused],
    );
    assert.equal(waits[0]?.delay, retryAfterMs);
    assert.deepEqual(attempts, [1, 2]);
    assert.equal((await journal.records('ch_1'))[0]?.outcome, 'answered');
  });

  it('is told for the chatroom that must be made first, too', async () => {
    const { endpoint } = failing();
    const create = endpoint.chatrooms.create.bind(endpoint.chatrooms);
    const errors = [busy];
    endpoint.chatrooms.create = async (room, options = {}) => {
      const error = errors.pop();
      if (!error) return create(room, options);
      await new Promise<void>((resolve) => {
        options.onRetry?.({ attempt: 1, delay: retryAfterMs, error, tryNow: resolve });
      });
      return create(room, options);
    };
    const { events } = await askThrough(newTurn(endpoint), ({ tryNow }) => tryNow());
    assert.deepEqual(
      events.map(({ type }) => type),
      ['progress', 'state', 'state', 'textDelta', 'finished'],
    );
  });

  it('ends with a stop; the prompt is kept, and goes out once in the same room', async () => {
    const { state, endpoint, journal } = failing(busy);
    const stop = new AbortController();
    const input = newTurn(endpoint, { journal, signal: stop.signal, conversation: 'c', turn: 't' });
    const { events, error } = await askThrough(input, () => stop.abort());
    assert.ok(error instanceof Error && error.name === 'AbortError');
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'state' ? event.state : [])),
      ['waiting', 'stopped'],
    );
    assert.equal(state.attempts, 1);
    const [record] = await journal.records('ch_1');
    assert.deepEqual([record?.outcome, record?.prompt], ['stopped', 'p']);
    assert.equal(getEventListeners(stop.signal, 'abort').length, 0);

    const binding = { conversation: 'c', room: 'ch_1', connection: 'tachyon', turn: 't' };
    const again = await askTurn(endpoint, journal, [{ prompt: 'p', reply: '', binding }], 'p');
    assert.equal(again.binding?.room, 'ch_1');
    assert.equal(again.visible.reply, 'at last');
    assert.deepEqual(
      endpoint.rooms.get('ch_1')?.map(({ text }) => text),
      ['p', 'at last'],
    );
  });

  it('ends when the reader leaves: nothing goes out any more', async () => {
    for (const signal of [undefined, new AbortController().signal]) {
      const { state, endpoint, ended, journal } = failing(busy);
      for await (const event of ask(newTurn(endpoint, { journal, ...(signal && { signal }) }))) {
        if (isWait(event)) break;
      }
      await ended;
      assert.equal(state.attempts, 1);
      assert.equal((await journal.records('ch_1'))[0]?.outcome, 'stopped');
      if (signal) assert.equal(getEventListeners(signal, 'abort').length, 0);
    }
  });

  it('leaves no listener at the person’s signal when the turn is over', async () => {
    const { signal } = new AbortController();
    const { endpoint } = failing(busy);
    const { error } = await askThrough(newTurn(endpoint, { signal }), ({ tryNow }) => tryNow());
    assert.equal(error, undefined);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  const failures: [string, ApiError, string][] = [
    ['was never taken', new ApiError('unauthorized', 'no', { status: 401 }), 'refused'],
    [
      'never went out',
      new ApiError('network', 'no', { code: 'ENOTFOUND', mayHaveBeenAccepted: false }),
      'refused',
    ],
    [
      'may have been taken',
      new ApiError('network', 'reset', { code: 'ECONNRESET', mayHaveBeenAccepted: true }),
      'unknown',
    ],
    ['was answered with an error', new ApiError('server', 'broken', { status: 500 }), 'failed'],
  ];
  for (const [what, last, outcome] of failures) {
    it(`does not hide that the prompt ${what} in the end`, async () => {
      const { state, endpoint, journal } = failing(busy, last);
      const { error } = await askThrough(newTurn(endpoint, { journal }), ({ tryNow }) => tryNow());
      assert.equal(error, last);
      assert.equal(state.attempts, 2);
      const [record] = await journal.records('ch_1');
      assert.deepEqual([record?.outcome, record?.prompt], [outcome, 'p']);
    });
  }
});
