import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../../src/chat/replyEvents.ts';
import { createServer, type RunningServer } from '../../../server/server.ts';
import { field } from '../../../support/foreignRequests.ts';
import { createPanelHost, type PanelHost } from './support/panelHost.ts';

const { askThroughDoor, modelOfRoom } = await import('../../../../src/host/panel/roomDoor.ts');
const { noAttachments } = await import('../../../../src/host/panel/placedPrompt.ts');
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

  it('counts what its room has already, goes on with its model, and waits for no answer there', async () => {
    const room = { conversations: host.conversations, prompts: prompts(), show: () => Promise.resolve() };
    const counted: number[] = [];
    const ask = async (prompt: string, key?: string) => {
      const { door, ended, stop } = makeDoor();
      const asked = {
        prompt,
        attachments: async (tokens: number) => {
          counted.push(tokens);
          return noAttachments;
        },
        shows: false,
        ...(key !== undefined && { key }),
      };
      return { to: await askThroughDoor(door, asked, room), ended, stop: () => stop.abort() };
    };
    const first = await ask('!echo one two three');
    await first.ended;
    const { key = '' } = first.to;
    const second = await ask('!long 200000', key);
    assert.ok(counted[0] === 0 && (counted[1] ?? 0) > 0, String(counted));
    await assert.rejects(ask('Hello', key), { name: 'UnsentAttachments' });
    second.stop();
    await assert.rejects(second.ended, { name: 'AbortError' });
    const { room: wanted } = await modelOfRoom(key, host);
    assert.equal(wanted?.connection, 'tachyon');
    assert.deepEqual(await modelOfRoom('nowhere/ch_1', host), {});
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
