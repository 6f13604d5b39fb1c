import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import type { AskInput } from '../../../src/chat/askInput.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';

const notice = 'The server had stored the answer to this prompt; nothing was sent again.';

/** A conversation of two turns; the connection died under the second, which may hold attachments. */
async function cutSecondTurn(
  stored: readonly (readonly [role: string, text: string])[],
  more: Partial<AskInput> = {},
) {
  const state = { isCut: false };
  const endpoint = createMemoryEndpoint({
    async *reply() {
      if (state.isCut) throw new ApiError('cut', 'reset', { mayHaveBeenAccepted: true });
      yield textChunk('ok', 'stop');
    },
  });
  const journal = createMemoryJournal();
  const first = await askTurn(endpoint, journal, [], 'one');
  state.isCut = true;
  const second = await askTurn(endpoint, journal, [first.visible], 'two', more);
  state.isCut = false;
  for (const [role, text] of stored) endpoint.addMessage('ch_1', role, text);
  return {
    endpoint,
    journal,
    visible: [first.visible, second.visible],
    sent: endpoint.requests.length,
    second,
  };
}

describe('a prompt asked again after an unknown outcome', () => {
  it('is answered from the room, which is not sent anything', async () => {
    const { endpoint, journal, visible, sent, second } = await cutSecondTurn([
      ['user', 'two'],
      ['assistant', 'whole answer'],
    ]);
    const again = await askTurn(endpoint, journal, visible, 'two');
    assert.equal(again.visible.reply, 'whole answer');
    assert.deepEqual(again.notices, [notice]);
    assert.equal(again.events.at(-1)?.type, 'finished');
    assert.equal(endpoint.requests.length, sent);
    assert.deepEqual(again.binding, second.binding);
    const record = (await journal.records('ch_1')).find(({ turn }) => turn === second.binding?.turn);
    assert.equal(record?.outcome, 'answered');
    assert.equal('prompt' in record, false);

    const third = await askTurn(endpoint, journal, [...visible, again.visible], 'three');
    assert.equal(third.binding?.room, 'ch_1');
    assert.deepEqual(third.notices, []);
    assert.deepEqual(endpoint.requests.at(-1)?.request.messages, [{ role: 'user', content: 'three' }]);
    // In another room that turn is told once.
    const moved = { ...createMemoryEndpoint(), connection: 'staging' };
    await askTurn(moved, journal, [...visible, again.visible], 'elsewhere');
    assert.deepEqual(
      moved.requests[0]?.request.messages.map(({ content }) => content),
      ['one', 'ok', 'two', 'whole answer', 'elsewhere'],
    );
  });

  const unanswered: [string, (readonly [string, string])[]][] = [
    ['does not hold it', []],
    ['holds no reply', [['user', 'two']]],
    [
      'holds an empty reply',
      [
        ['user', 'two'],
        ['assistant', ' '],
      ],
    ],
    [
      'lists its messages in an order nobody knows',
      [
        ['user', 'two'],
        ['assistant', 'x'],
        ['user', 'three'],
      ],
    ],
  ];
  for (const [what, stored] of unanswered) {
    const where = stored.length > 0 ? 'to another room' : 'to the same room';
    it(`is sent ${where} where the room ${what}`, async () => {
      const { endpoint, journal, visible, sent } = await cutSecondTurn(stored);
      const again = await askTurn(endpoint, journal, visible, 'two');
      assert.equal(endpoint.requests.length, sent + 1);
      assert.equal(again.visible.reply, 'ok');
      assert.ok(!again.notices.includes(notice));
      assert.equal(again.binding?.room, stored.length > 0 ? 'ch_2' : 'ch_1');
      const { messages } = endpoint.requests.at(-1)?.request ?? {};
      assert.deepEqual(
        messages?.map(({ content }) => content),
        stored.length > 0 ? ['one', 'ok', 'two'] : ['two'],
      );
    });
  }

  it('is sent to another room where the room cannot be read, or holds it after an error', async () => {
    const { endpoint, journal, visible } = await cutSecondTurn([]);
    const list = endpoint.chatrooms.listMessages.bind(endpoint.chatrooms);
    endpoint.chatrooms.listMessages = () => Promise.reject(new ApiError('server', 'down', { status: 503 }));
    const again = await askTurn(endpoint, journal, visible, 'two');
    assert.equal(again.binding?.room, 'ch_2');
    endpoint.chatrooms.listMessages = list;

    const failing = createMemoryEndpoint({
      async *reply() {
        if (failing.requests.length === 1) throw new ApiError('provider', 'overloaded');
        yield textChunk('ok', 'stop');
      },
    });
    const memory = createMemoryJournal();
    const first = await askTurn(failing, memory, [], 'one');
    failing.addMessage('ch_1', 'user', 'one');
    const second = await askTurn(failing, memory, [first.visible], 'one');
    assert.equal(second.binding?.room, 'ch_2');
    assert.deepEqual(
      [...failing.rooms.values()].map((messages) => messages.filter(({ role }) => role === 'user').length),
      [1, 1],
    );
  });

  it('is found by the time of its messages, whatever their order', async () => {
    const { endpoint, journal, visible, sent } = await cutSecondTurn([
      ['user', 'two'],
      ['assistant', 'whole answer'],
    ]);
    const messages = endpoint.rooms.get('ch_1') ?? [];
    messages.forEach((message, i) => (message.created_at = new Date(i * 1000).toISOString()));
    messages.reverse();
    const again = await askTurn(endpoint, journal, visible, 'two');
    assert.equal(again.visible.reply, 'whole answer');
    assert.equal(endpoint.requests.length, sent);
  });

  it('is sent with attachments that differ, and answered with the same ones', async () => {
    const stored = [
      ['user', 'file\n\ntwo'],
      ['assistant', 'whole answer'],
    ] as const;
    const { endpoint, journal, visible, sent } = await cutSecondTurn(stored, { attachments: 'file' });
    const same = await askTurn(endpoint, journal, visible, 'two', { attachments: 'file' });
    assert.equal(same.visible.reply, 'whole answer');
    assert.equal(endpoint.requests.length, sent);
    const fresh = await cutSecondTurn(stored, { attachments: 'file' });
    await askTurn(fresh.endpoint, fresh.journal, fresh.visible, 'two', { attachments: 'other' });
    assert.equal(fresh.endpoint.requests.length, fresh.sent + 1);
  });

  it('is sent with an image, which may be another one than before', async () => {
    const { endpoint, journal, visible, sent } = await cutSecondTurn([
      ['user', 'two'],
      ['assistant', 'about the first image'],
    ]);
    const media = [{ type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AA==' } }];
    const again = await askTurn(endpoint, journal, visible, 'two', { media });
    assert.equal(again.visible.reply, 'ok');
    assert.equal(endpoint.requests.length, sent + 1);
  });

  it('goes out when it is another prompt', async () => {
    const { endpoint, journal, visible, sent } = await cutSecondTurn([
      ['user', 'two'],
      ['assistant', 'whole answer'],
    ]);
    const other = await askTurn(endpoint, journal, visible, 'three');
    assert.equal(endpoint.requests.length, sent + 1);
    assert.equal(other.binding?.room, 'ch_1');
  });

  it('is carried once, with the answer that it got in the end', async () => {
    const { endpoint, journal, visible } = await cutSecondTurn([
      ['user', 'two'],
      ['assistant', ' '],
    ]);
    const shown = visible.map((turn, i) => (i === 1 ? { ...turn, reply: 'Half an' } : turn));
    const again = await askTurn(endpoint, journal, shown, 'two');
    const third = await askTurn(endpoint, journal, [...shown, again.visible], 'three');
    assert.deepEqual([again.binding?.room, third.binding?.room], ['ch_2', 'ch_2']);
    assert.deepEqual(
      endpoint.requests.at(-1)?.request.messages.map(({ content }) => content),
      ['one', 'ok', 'three'],
    );
  });
});
