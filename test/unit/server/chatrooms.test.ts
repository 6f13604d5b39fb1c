import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { call, goodHeaders, newRoom, openStream, storedMessages, textOf } from './httpCalls.ts';

const rooms = '/v1/llms/chatrooms';

describe('test server: chatrooms', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer({ keys: { 'dummy-token': 'us_demo', second: 'us_second' } });
  });
  afterEach(() => server.close());

  it('makes, changes and deletes a chatroom', async () => {
    const made = await call(server, 'POST', rooms, { name: ' First ', metadata: { client: 'test' } });
    assert.equal(made.status, 200);
    assert.partialDeepStrictEqual(made.body, {
      chatroom: { name: 'First', metadata: { client: 'test' }, operator_id: 'tn_demo', owner_id: 'us_demo' },
    });
    const { chatroom }: { chatroom: { id: string } } = JSON.parse(made.text);
    assert.match(chatroom.id, /^ch_[0-9a-z]{26}$/);
    const room = `${rooms}/${chatroom.id}`;
    const renamed = await call(server, 'PATCH', room, { name: 'Second' });
    assert.partialDeepStrictEqual(renamed.body, {
      chatroom: { name: 'Second', metadata: { client: 'test' } },
    });
    const changed = await call(server, 'PATCH', room, { metadata: { a: 1 } });
    assert.partialDeepStrictEqual(changed.body, { chatroom: { name: 'Second', metadata: { a: 1 } } });
    const removed = await call(server, 'DELETE', room);
    assert.deepEqual([removed.status, removed.text], [204, '']);
    assert.equal((await call(server, 'DELETE', room)).status, 404);
    assert.equal((await call(server, 'PATCH', room, {})).status, 404);
    assert.equal((await call(server, 'GET', `${room}/messages?limit=1&offset=0&search=`)).status, 404);
    assert.equal((await openStream(server, `${room}/chat/completions`, 'hi')).status, 404);
  });

  it('names a chatroom without a name, and refuses ids of another form', async () => {
    assert.partialDeepStrictEqual((await call(server, 'POST', rooms, {})).body, {
      chatroom: { name: 'New Room', metadata: {} },
    });
    const reply = await call(server, 'DELETE', `${rooms}/nonsense`);
    assert.equal(reply.status, 400);
    assert.deepEqual(reply.body, { code: 'BAD_REQUEST', message: 'Invalid chatroom ID format' });
  });

  it('lists with paging, search and the user of the metadata', async () => {
    for (let i = 1; i <= 5; i += 1) {
      await call(server, 'POST', rooms, { name: `Room ${i}`, metadata: { user_id: i === 2 ? 'u2' : 'u' } });
    }
    const names = async (query: string): Promise<string[]> => {
      const { text } = await call(server, 'GET', rooms + query);
      const body: { chatrooms: { name: string }[] } = JSON.parse(text);
      return body.chatrooms.map(({ name }) => name);
    };
    assert.deepEqual(await names(''), ['Room 5', 'Room 4', 'Room 3', 'Room 2', 'Room 1']);
    assert.deepEqual(await names('?limit=2&offset=2'), ['Room 3', 'Room 2']);
    assert.deepEqual(await names('?search=room%204'), ['Room 4']);
    assert.deepEqual(await names('?metadata_user_id=u2'), ['Room 2']);
    assert.partialDeepStrictEqual((await call(server, 'GET', `${rooms}?limit=2&offset=2`)).body, {
      paginator: { current_page: 2, items_per_page: 2, total_items: 5, total_pages: 3 },
    });
    for (const query of ['?limit=101', '?limit=-1', '?limit=x', '?page=2']) {
      assert.equal((await call(server, 'GET', rooms + query)).status, 400, query);
    }
  });

  it('shows chatrooms of an operator to all its users and to nobody else', async () => {
    const room = await newRoom(server);
    const messages = `${room}/messages?limit=1&offset=0&search=`;
    const second = { ...goodHeaders, authorization: 'Bearer second' };
    assert.equal((await call(server, 'GET', messages, undefined, second)).status, 200);
    const other = { ...goodHeaders, 'x-operator-id': 'tn_second' };
    assert.equal((await call(server, 'GET', messages, undefined, other)).status, 404);
  });

  it('lists messages; limit, offset and search are all required', async () => {
    const room = await newRoom(server);
    await (await openStream(server, `${room}/chat/completions`, '!echo 仙台 one')).text();
    await (await openStream(server, `${room}/chat/completions`, '!echo two')).text();
    const page = await call(server, 'GET', `${room}/messages?limit=1&offset=1&search=`);
    assert.partialDeepStrictEqual(page.body, {
      messages: [{ role: 'assistant', content: { type: 'text', text: '仙台 one' }, user_id: 'us_demo' }],
    });
    const found = await call(server, 'GET', `${room}/messages?limit=10&offset=0&search=TWO`);
    assert.partialDeepStrictEqual(found.body, { messages: [{ role: 'user' }, { role: 'assistant' }] });
    for (const query of ['', '?limit=1&offset=0', '?limit=1&search=', '?offset=0&search=']) {
      assert.equal((await call(server, 'GET', `${room}/messages${query}`)).status, 400, query);
    }
  });

  it('stores only the last user message, or all of them with storeAll', async () => {
    const messages = [
      { role: 'user', content: 'first' },
      { role: 'assistant', content: 'reply' },
      { role: 'user', content: [{ type: 'text', text: '!echo ok' }] },
    ];
    const room = await newRoom(server);
    await call(server, 'POST', `${room}/chat/completions`, { messages });
    assert.deepEqual(await storedMessages(server, room), [
      ['user', '!echo ok'],
      ['assistant', 'ok'],
    ]);
    const generous = await createServer({ storeAll: true });
    try {
      const other = await newRoom(generous);
      await call(generous, 'POST', `${other}/chat/completions`, { messages });
      assert.deepEqual(await storedMessages(generous, other), [
        ['user', 'first'],
        ['assistant', 'reply'],
        ['user', '!echo ok'],
        ['assistant', 'ok'],
      ]);
    } finally {
      await generous.close();
    }
  });

  it('feeds the history to the model once, also if the client carries it along', async () => {
    const room = await newRoom(server);
    await call(server, 'POST', `${room}/chat/completions`, {
      messages: [{ role: 'user', content: '!echo one' }],
    });
    const second = await (await openStream(server, `${room}/chat/completions`, 'two')).text();
    assert.match(textOf(second), /\*\*Turn 2\*\*[^]*1\. !echo one/);
    const carried = await storedMessages(server, room);
    const messages = [
      ...carried.map(([role, content]) => ({ role, content })),
      { role: 'user', content: 'three' },
    ];
    const third = await call(server, 'POST', `${room}/chat/completions`, { messages });
    assert.match(third.text, /\*\*Turn 3\*\*/);
  });

  it('keeps chatrooms and messages over a restart', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chatrooms-'));
    const database = path.join(folder, 'rooms.db');
    try {
      const first = await createServer({ database });
      const room = await newRoom(first, 'Kept');
      await (await openStream(first, `${room}/chat/completions`, '!echo kept')).text();
      await first.close();
      const second = await createServer({ database });
      assert.deepEqual(await storedMessages(second, room), [
        ['user', '!echo kept'],
        ['assistant', 'kept'],
      ]);
      assert.partialDeepStrictEqual((await call(second, 'GET', rooms)).body, {
        chatrooms: [{ name: 'Kept' }],
      });
      await second.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
