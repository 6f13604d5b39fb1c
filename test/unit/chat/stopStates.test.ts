import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mock } from 'node:test';
import type { ReplyEvent } from '../../../src/chat/replyEvents.ts';
import { createServer, type RunningServer } from '../../server/server.ts';
import { type HeldDoor, heldPrompt } from '../../support/heldPrompt.ts';
import { type HeldState, heldStates } from '../../support/heldStates.ts';
import { type Relay, startRelay } from '../../support/relay.ts';

/** Timers of more than a moment never fire here; returns those that wait. */
function holdTimers(): ReadonlySet<unknown> {
  const waiting = new Set<unknown>();
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  mock.method(globalThis, 'setTimeout', (callback: () => void, delay = 0) => {
    if (delay <= 1) return set(callback, delay);
    const timer = {};
    waiting.add(timer);
    return timer;
  });
  mock.method(globalThis, 'clearTimeout', (timer: NodeJS.Timeout | undefined) => {
    if (!waiting.delete(timer)) clear(timer);
  });
  return waiting;
}

describe('a stop', () => {
  let server: RunningServer;
  let relay: Relay;
  before(async () => {
    server = await createServer();
    relay = await startRelay(server.url);
  });
  after(async () => {
    await relay.stop();
    await server.close();
  });
  afterEach(() => {
    mock.restoreAll();
    server.clearFaults();
    relay.clear();
  });

  async function stopIn({ hold }: HeldState, door: HeldDoor): Promise<void> {
    const { prompt, url = relay.url, hear, reached, closed, end } = await hold({ server, relay });
    const stop = new AbortController();
    const events: ReplyEvent[] = [];
    const begin = await heldPrompt(server, door, url);
    const waiting = holdTimers();
    const asked = (async () => {
      for await (const event of begin(prompt, stop.signal)) {
        events.push(event);
        hear?.(event);
      }
    })();
    try {
      await Promise.race([reached, asked]);
      stop.abort();
      await assert.rejects(asked, { name: 'AbortError' });
      assert.deepEqual(events.at(-1), { type: 'state', state: 'stopped' });
      await closed;
      assert.equal(waiting.size, 0, 'a timer is left');
      assert.equal(getEventListeners(stop.signal, 'abort').length, 0, 'a listener is left');
    } finally {
      end?.();
      mock.restoreAll();
    }
  }

  for (const state of heldStates) {
    it(`in the state ${state.name} waits for nothing, closes the connection and leaves nothing behind`, async () => {
      await stopIn(state, { kind: 'tachyon', room: state.room ?? 'empty' });
      if (state.room) return;
      await stopIn(state, { kind: 'tachyon' });
      await stopIn(state, { kind: 'openai', room: 'empty' });
      await stopIn(state, { kind: 'openai' });
    });
  }
});
