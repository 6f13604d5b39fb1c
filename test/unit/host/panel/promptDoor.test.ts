import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../../src/chat/replyEvents.ts';
import { createServer, type RunningServer } from '../../../server/server.ts';
import { field } from '../../../support/foreignRequests.ts';
import { createPanelHost, type PanelHost } from './support/panelHost.ts';

const { Prompts } = await import('../../../../src/host/panel/prompts.ts');

describe('a prompt that comes into a room through another door', () => {
  let server: RunningServer;
  let host: PanelHost;

  beforeEach(async () => {
    server = await createServer({ deltaPauseMs: 1 });
    host = createPanelHost(server);
    await host.panel.models.load(host.tachyon());
  });

  afterEach(async () => {
    host.close();
    await server.close();
  });

  it('is answered there and in the room, which has the name that the door gives it', async () => {
    const { door, events, ended } = makeDoor();
    const conversation = host.conversations.create();
    const to = await prompts().send(conversation, '!echo Hello', { door });
    await ended;
    assert.equal(textOf(events), 'Hello');
    assert.equal(to.own(door.turn)?.live.turn.reply, 'Hello');
    const [made] = server.requests.filter(
      ({ path, method }) => method === 'POST' && path.endsWith('/chatrooms'),
    );
    assert.equal(field(made?.body, 'name'), 'Quick prompts');
    assert.equal(field(field(made?.body, 'metadata'), 'surface'), 'quickPrompt');
  });

  it('is stopped by the signal of the door, also before it goes out', async () => {
    const { door, events, ended, stop } = makeDoor();
    const conversation = host.conversations.create();
    door.show = (event) => {
      events.push(event);
      if (event.type === 'textDelta') stop.abort();
    };
    await prompts().send(conversation, '!long 20000', { door });
    await assert.rejects(ended, { name: 'AbortError' });
    assert.ok(textOf(events).length < 20_000);

    const early = makeDoor();
    early.stop.abort();
    const sent = server.requests.length;
    const other = host.conversations.create();
    await assert.rejects(prompts().send(other, 'Hello', { door: early.door }), { name: 'AbortError' });
    assert.equal(server.requests.length, sent);
  });

  it('hears why there is no answer', async () => {
    const { door, ended } = makeDoor();
    server.fault({ name: '401' });
    await prompts().send(host.conversations.create(), '!echo Hello', { door });
    await assert.rejects(ended, { kind: 'unauthorized' });
  });

  function prompts() {
    return new Prompts(host.panel, host.conversations);
  }

  function makeDoor() {
    const events: ReplyEvent[] = [];
    const stop = new AbortController();
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
    const door = {
      surface: 'quickPrompt' as const,
      turn: crypto.randomUUID(),
      target: { connection: host.tachyon(), otherVendorPicked: false },
      title: 'A prompt',
      roomName: 'Quick prompts',
      signal: stop.signal,
      show: (event: ReplyEvent) => void events.push(event),
      end: (error?: unknown) => (error === undefined ? resolve() : reject(error)),
    };
    return { door, events, ended, stop };
  }
});

function textOf(events: readonly ReplyEvent[]): string {
  return events.map((event) => (event.type === 'textDelta' ? event.text : '')).join('');
}
