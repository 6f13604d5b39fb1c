import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';

describe('placement of turns', () => {
  it('makes a room for the first turn and sends only the new turn from then on', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one', { systemPrompt: 'Be brief.' });
    const second = await askTurn(endpoint, journal, [first.visible], 'two', { systemPrompt: 'Be brief.' });
    assert.equal(endpoint.created.length, 1);
    assert.deepEqual(endpoint.requests, [
      {
        room: 'ch_1',
        request: {
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'one' },
          ],
        },
      },
      { room: 'ch_1', request: { messages: [{ role: 'user', content: 'two' }] } },
    ]);
    assert.equal(second.binding?.room, 'ch_1');
    assert.equal(second.binding?.conversation, first.binding?.conversation);
    assert.deepEqual([...first.notices, ...second.notices], []);
  });

  for (const storesCarried of [true, false]) {
    it(`forks an edited turn; a server that ${storesCarried ? 'keeps' : 'drops'} the transcript`, async () => {
      const endpoint = createMemoryEndpoint({ storesCarried });
      const journal = createMemoryJournal();
      const first = await askTurn(endpoint, journal, [], 'one');
      await askTurn(endpoint, journal, [first.visible], 'two');
      const edited = await askTurn(endpoint, journal, [first.visible], 'two, edited');
      assert.equal(edited.binding?.room, 'ch_2');
      assert.match(edited.notices.join(), /changed or taken back/);
      const carried = [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'You said: one' },
      ];
      assert.deepEqual(endpoint.requests.at(-1)?.request.messages, [
        ...carried,
        { role: 'user', content: 'two, edited' },
      ]);
      const next = await askTurn(endpoint, journal, [first.visible, edited.visible], 'three');
      assert.equal(next.binding?.room, 'ch_2');
      assert.deepEqual(endpoint.requests.at(-1)?.request.messages, [
        ...(storesCarried ? [] : carried),
        { role: 'user', content: 'three' },
      ]);
      assert.deepEqual(next.notices, []);
    });
  }

  it('forks a fork again when its turn is retried', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    await askTurn(endpoint, journal, [first.visible], 'two');
    await askTurn(endpoint, journal, [first.visible], 'two, edited');
    const retried = await askTurn(endpoint, journal, [first.visible], 'two, edited');
    assert.equal(retried.binding?.room, 'ch_3');
  });

  it('retries a turn the server refused in the same room', async () => {
    let refuse = false;
    const endpoint = createMemoryEndpoint({
      // oxlint-disable-next-line require-yield -- it fails before the first chunk
      async *reply() {
        if (refuse) throw new ApiError('rateLimited', 'slow down', { status: 429 });
        yield textChunk('ok', 'stop');
      },
    });
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    refuse = true;
    const refused = await askTurn(endpoint, journal, [first.visible], 'two');
    assert.equal(refused.binding?.room, 'ch_1');
    assert.ok(refused.error instanceof ApiError);
    refuse = false;
    const retried = await askTurn(endpoint, journal, [first.visible], 'two');
    assert.equal(retried.binding?.room, 'ch_1');
    assert.deepEqual(retried.notices, []);
  });

  it('retries a refused first turn in the room that was made for it', async () => {
    let refuse = true;
    const endpoint = createMemoryEndpoint({
      async *reply() {
        if (refuse) throw new ApiError('unauthorized', 'bad key', { status: 401 });
        yield textChunk('ok', 'stop');
      },
    });
    const journal = createMemoryJournal();
    await askTurn(endpoint, journal, [], 'one', { systemPrompt: 'S' });
    refuse = false;
    const retried = await askTurn(endpoint, journal, [], 'one', { systemPrompt: 'S' });
    assert.equal(endpoint.created.length, 1);
    assert.equal(retried.binding?.room, 'ch_1');
    assert.equal(endpoint.requests.at(-1)?.request.messages[0]?.role, 'system');
    const other = await askTurn(endpoint, journal, [], 'one');
    assert.equal(other.binding?.room, 'ch_2', 'an answered room is never taken by another conversation');
  });

  for (const stored of [true, false]) {
    it(`retries a cut turn ${stored ? 'in a fork, since the room holds it' : 'in the same room'}`, async () => {
      let cut = false;
      const endpoint = createMemoryEndpoint({
        async *reply() {
          if (cut) throw new ApiError('cut', 'reset');
          yield textChunk('ok', 'stop');
        },
      });
      const journal = createMemoryJournal();
      const first = await askTurn(endpoint, journal, [], 'one');
      cut = true;
      await askTurn(endpoint, journal, [first.visible], 'two');
      if (stored) endpoint.addMessage('ch_1', 'user', 'two');
      cut = false;
      const retried = await askTurn(endpoint, journal, [first.visible], 'two');
      assert.equal(retried.binding?.room, stored ? 'ch_2' : 'ch_1');
    });
  }

  it('finds a turn whose metadata is lost by its prompt', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    const lostFirst = await askTurn(endpoint, journal, [{ prompt: 'one', reply: 'You' }], 'two');
    assert.equal(lostFirst.binding?.room, 'ch_1');
    const lostLast = await askTurn(
      endpoint,
      journal,
      [first.visible, { prompt: 'two', reply: 'You said' }],
      'three',
    );
    assert.equal(lostLast.binding?.room, 'ch_1');
    assert.deepEqual(lostLast.notices, []);
  });

  it('carries the transcript into a new room when the journal does not know the turn', async () => {
    const endpoint = createMemoryEndpoint();
    const asked = await askTurn(
      endpoint,
      createMemoryJournal(),
      [
        { prompt: 'one', reply: 'answer' },
        { prompt: 'unanswered', reply: '' },
      ],
      'two',
    );
    assert.match(asked.notices.join(), /could not be found/);
    assert.deepEqual(endpoint.requests[0]?.request.messages, [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'answer' },
      { role: 'user', content: 'unanswered\n\ntwo' },
    ]);
  });

  it('carries the transcript to another connection', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    const other = { ...createMemoryEndpoint(), connection: 'staging' };
    const asked = await askTurn(other, journal, [first.visible], 'two');
    assert.match(asked.notices.join(), /connection has changed/);
    assert.equal(asked.binding?.connection, 'staging');
    assert.equal(other.requests[0]?.request.messages.length, 3);
  });

  it('goes on in a new room when the room is gone', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    endpoint.rooms.delete('ch_1');
    const second = await askTurn(endpoint, journal, [first.visible], 'two');
    assert.equal(second.error, undefined);
    assert.match(second.notices.join(), /no longer exists/);
    assert.equal(second.binding?.room, 'ch_2');
    assert.equal(second.visible.reply, 'You said: two');
    assert.equal(endpoint.requests.filter(({ room }) => room === 'ch_2').length, 1);
    const third = await askTurn(endpoint, journal, [first.visible, second.visible], 'three');
    assert.equal(third.binding?.room, 'ch_2');
  });

  it('does not take a model that is not known for a room that is gone', async () => {
    let fail = false;
    const endpoint = createMemoryEndpoint({
      async *reply() {
        if (fail) throw new ApiError('notFound', 'no such model', { status: 404 });
        yield textChunk('ok', 'stop');
      },
    });
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    fail = true;
    const second = await askTurn(endpoint, journal, [first.visible], 'two');
    assert.ok(second.error instanceof ApiError && second.error.kind === 'notFound');
    assert.equal(endpoint.created.length, 1);
  });

  it('tells once of turns that other doors added, and goes on', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    for (const prompt of ['panel 1', 'panel 2']) {
      await askTurn(endpoint, journal, [first.visible], prompt, { surface: 'panel' });
    }
    const second = await askTurn(endpoint, journal, [first.visible], 'two');
    assert.deepEqual(second.notices, ['2 turns were added to this chatroom elsewhere.']);
    assert.equal(second.binding?.room, 'ch_1');
    const third = await askTurn(endpoint, journal, [first.visible, second.visible], 'three');
    assert.deepEqual(third.notices, []);
  });

  it('tells once of turns that another client added on the server', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'one');
    endpoint.addMessage('ch_1', 'user', 'from the web');
    endpoint.addMessage('ch_1', 'assistant', 'to the web');
    const second = await askTurn(endpoint, journal, [first.visible], 'two');
    assert.deepEqual(second.notices, ['1 turn was added to this chatroom elsewhere.']);
    const visible = [first.visible, second.visible];
    const third = await askTurn(endpoint, journal, visible, 'three');
    assert.deepEqual(third.notices, []);
    endpoint.addMessage('ch_1', 'user', 'again');
    endpoint.addMessage('ch_1', 'user', 'and again');
    const fourth = await askTurn(endpoint, journal, [...visible, third.visible], 'four');
    assert.deepEqual(fourth.notices, ['2 turns were added to this chatroom elsewhere.']);
  });
});
