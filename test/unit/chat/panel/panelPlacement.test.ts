import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/apiError.ts';
import { createCarriedTranscripts } from '../../../../src/chat/carriedTranscripts.ts';
import type { Journal } from '../../../../src/chat/journal.ts';
import { type PlacedTurn, placeInRoom, type RoomPrompt } from '../../../../src/chat/panel/panelPlacement.ts';
import type { Placement } from '../../../../src/chat/placement.ts';
import { askTurn, createMemoryJournal, newTurn } from '../support/conversation.ts';
import { createMemoryEndpoint, type MemoryEndpoint, textChunk } from '../support/memoryChatrooms.ts';
import { createMemoryFileStore } from '../support/memoryFileStore.ts';
import { ask } from '../../../../src/chat/ask.ts';
import type { ReplyEvent } from '../../../../src/chat/replyEvents.ts';

/** Asks as the panel does, in a room or in a new one. */
async function askInPanel(
  endpoint: MemoryEndpoint,
  journal: Journal,
  placement: Placement,
  prompt: string,
  carriedTranscripts = createCarriedTranscripts(createMemoryFileStore()),
) {
  const events: ReplyEvent[] = [];
  const background: Promise<void>[] = [];
  let room = '';
  const turn = crypto.randomUUID();
  let error: unknown;
  try {
    for await (const event of ask(
      newTurn(endpoint, {
        journal,
        placement,
        prompt,
        carriedTranscripts,
        surface: 'panel',
        turn,
        onBinding: (binding) => (room = binding.room),
        onBackground: (work) => background.push(work),
      }),
    ))
      events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  await Promise.all(background);
  return { room, turn, events, error, notices: events.filter(({ type }) => type === 'notice') };
}

async function inRoom(
  endpoint: MemoryEndpoint,
  journal: Journal,
  room: string,
  prompt: string,
  more: Partial<RoomPrompt> = {},
): Promise<Placement> {
  const { chatrooms } = endpoint;
  const records = await journal.records(room);
  return placeInRoom({
    room,
    connection: 'tachyon',
    kind: 'tachyon',
    prompt,
    records,
    carried: [],
    isEmpty: (endpoint.rooms.get(room) ?? []).length === 0,
    shown: [],
    journal,
    chatrooms,
    ...more,
  });
}

const first: Placement = { kind: 'newRoom', reason: 'first', carried: [] };

function sent(endpoint: MemoryEndpoint): string[] {
  return (endpoint.requests.at(-1)?.request.messages ?? []).map(
    ({ role, content }) => `${role}: ${typeof content === 'string' ? content : JSON.stringify(content)}`,
  );
}

describe('a prompt of the panel', () => {
  it('goes on in its room with nothing but itself, and tells of no turns elsewhere: all are shown', async () => {
    const [endpoint, journal] = [createMemoryEndpoint(), createMemoryJournal()];
    const { visible } = await askTurn(endpoint, journal, [], 'in the Chat view');
    const { room = '' } = visible.binding ?? {};
    endpoint.addMessage(room, 'user', 'from the web');
    endpoint.addMessage(room, 'assistant', 'to the web');
    const asked = await askInPanel(
      endpoint,
      journal,
      await inRoom(endpoint, journal, room, 'panel'),
      'panel',
    );
    assert.equal(asked.room, room);
    assert.deepEqual(asked.notices, []);
    assert.deepEqual(sent(endpoint), ['user: panel']);
    const [one, two] = await journal.records(room);
    assert.equal(two?.parent, one?.turn);
    assert.equal(two?.surface, 'panel');
    const back = await askTurn(endpoint, journal, [visible], 'back');
    assert.match(back.notices.join(), /1 turn was added to this chatroom elsewhere/);
    assert.deepEqual(back.visible.binding?.room, room);
  });

  it('brings what was carried into the room until the server is seen to hold it', async () => {
    for (const storesCarried of [false, true]) {
      const [endpoint, journal] = [createMemoryEndpoint({ storesCarried }), createMemoryJournal()];
      const files = createMemoryFileStore();
      const transcripts = createCarriedTranscripts(files);
      const carried = [{ prompt: 'before', reply: 'answered' }];
      const fork: Placement = { kind: 'newRoom', reason: 'fork', carried };
      const { room } = await askInPanel(endpoint, journal, fork, 'one', transcripts);
      const owner = { connection: 'tachyon', room };
      assert.deepEqual(await transcripts.find(owner), storesCarried ? [] : carried);
      const next = await inRoom(endpoint, journal, room, 'two', { carried: await transcripts.find(owner) });
      await askInPanel(endpoint, journal, next, 'two', transcripts);
      assert.deepEqual(
        sent(endpoint),
        storesCarried ? ['user: two'] : ['user: before', 'assistant: answered', 'user: two'],
      );
    }
  });

  it('begins a room that was made for a fork with all that was carried', async () => {
    const [endpoint, journal] = [createMemoryEndpoint(), createMemoryJournal()];
    const { id: room } = await endpoint.chatrooms.create({ name: 'Fork' });
    const carried = [
      { prompt: 'before', reply: 'answered' },
      { prompt: 'stopped', reply: '' },
    ];
    const placement = await inRoom(endpoint, journal, room, 'one', { carried, isEmpty: true });
    await askInPanel(endpoint, journal, placement, 'one');
    assert.deepEqual(sent(endpoint), ['user: before', 'assistant: answered', 'user: stopped\n\none']);
    const again = await inRoom(endpoint, journal, room, 'two', { carried });
    assert.equal(again.kind === 'continue' && again.empty, false);
    await askInPanel(endpoint, journal, again, 'two');
    assert.deepEqual(sent(endpoint), ['user: before', 'assistant: answered', 'user: two']);
  });

  it('is sent again in the same room if no server took it', async () => {
    let isBusy = true;
    const endpoint = createMemoryEndpoint({
      reply: async function* reply() {
        if (isBusy) throw new ApiError('rateLimited', 'no', { status: 429, mayHaveBeenAccepted: false });
        yield textChunk('now', 'stop');
      },
    });
    // The server stores what it takes only.
    const journal = createMemoryJournal();
    const refused = await askInPanel(endpoint, journal, first, 'one');
    assert.ok(refused.error instanceof ApiError);
    isBusy = false;
    const placement = await inRoom(endpoint, journal, refused.room, 'one', { again: refused.turn });
    const asked = await askInPanel(endpoint, journal, placement, 'one');
    assert.equal(asked.room, refused.room);
    assert.equal(endpoint.created.length, 1);
  });

  it('is not sent again where the room has its reply, and goes to a new room where it has only the prompt', async () => {
    const cut = new ApiError('cut', 'cut', { mayHaveBeenAccepted: true });
    for (const stored of [true, false]) {
      const endpoint = createMemoryEndpoint({
        reply: async function* reply(request) {
          if (request.messages.at(-1)?.content !== 'cut') {
            yield textChunk('fine', 'stop');
            return;
          }
          yield textChunk('half ');
          throw cut;
        },
      });
      const journal = createMemoryJournal();
      const { room } = await askInPanel(endpoint, journal, first, 'start');
      const lost = await askInPanel(endpoint, journal, await inRoom(endpoint, journal, room, 'cut'), 'cut');
      assert.equal(lost.error, cut);
      if (stored) endpoint.addMessage(room, 'assistant', 'half of it, and the rest');
      const shown: PlacedTurn[] = [
        { prompt: 'start', reply: 'fine' },
        { prompt: 'cut', reply: 'half ', turn: lost.turn },
      ];
      const placement = await inRoom(endpoint, journal, room, 'cut', { again: lost.turn, shown });
      if (stored) {
        assert.equal(placement.kind, 'continue');
        const before = endpoint.requests.length;
        const { events } = await askInPanel(endpoint, journal, placement, 'cut');
        assert.equal(endpoint.requests.length, before);
        assert.ok(events.some((event) => event.type === 'textDelta' && /and the rest/.test(event.text)));
      } else {
        assert.deepEqual(placement, {
          kind: 'newRoom',
          reason: 'unanswered',
          carried: [{ prompt: 'start', reply: 'fine' }],
        });
      }
    }
  });

  it('goes on in a new room with what is shown if its room is gone', async () => {
    const [endpoint, journal] = [createMemoryEndpoint(), createMemoryJournal()];
    const { room } = await askInPanel(endpoint, journal, first, 'one');
    const files = createMemoryFileStore();
    const transcripts = createCarriedTranscripts(files);
    const shown = [{ prompt: 'one', reply: 'You said: one', turn: 't' }];
    const placement = await inRoom(endpoint, journal, room, 'two', { shown });
    endpoint.rooms.delete(room);
    const asked = await askInPanel(endpoint, journal, placement, 'two', transcripts);
    assert.notEqual(asked.room, room);
    assert.deepEqual(sent(endpoint), ['user: one', 'assistant: You said: one', 'user: two']);
    assert.deepEqual(await transcripts.find({ connection: 'tachyon', room: asked.room }), [
      { prompt: 'one', reply: 'You said: one' },
    ]);
  });
});

describe('carried transcripts', () => {
  it('are kept for each room and connection, and are none if a crash tore them', async () => {
    const files = createMemoryFileStore();
    const transcripts = createCarriedTranscripts(files);
    const turns = [{ prompt: 'p', reply: 'r' }];
    await transcripts.keep({ connection: 'a', room: '../x' }, turns);
    assert.match([...files.files.keys()].join(), /^~carried\/[0-9a-f]{40}\.json$/);
    assert.deepEqual(await transcripts.find({ connection: 'a', room: '../x' }), turns);
    assert.deepEqual(await transcripts.find({ connection: 'b', room: '../x' }), []);
    for (const [path, bytes] of files.files) files.files.set(path, bytes.slice(0, -3));
    assert.deepEqual(await transcripts.find({ connection: 'a', room: '../x' }), []);
    await transcripts.remove({ connection: 'a', room: '../x' });
    assert.equal(files.files.size, 0);
  });
});
