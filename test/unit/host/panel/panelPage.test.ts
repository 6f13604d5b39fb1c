import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/apiError.ts';
import type { RunningServer } from '../../../server/server.ts';
import { eachPanelHost } from './support/eachPanelHost.ts';
import type { PanelHost } from './support/panelHost.ts';

describe('the host’s side of a page', () => {
  let server: RunningServer;
  let host: PanelHost;
  eachPanelHost((made) => ({ server, host } = made));

  it('answers a first prompt in a new room', async () => {
    const { say, next } = host.open();
    say({ type: 'ready' });
    assert.equal((await next('conversation')).conversation.count, 0);
    say({ type: 'submitPrompt', text: '!echo Hello' });
    const { turn } = await next('turnAdded');
    const { header } = await next('header', (message) => message.header.room !== undefined);
    assert.match(header.room ?? '', /^tachyon\/ch/);
    const { patch } = await next('turnChanged', (message) => message.patch.state === 'answered');
    assert.equal(patch.state, 'answered');
    assert.equal(host.conversations.all()[0]?.own(turn.id)?.live.turn.reply, 'Hello');
  });

  it('remembers the room that a prompt went to where the old one is gone', async () => {
    const { chatrooms } = host.panel.rooms(host.tachyon());
    const room = await chatrooms.create({ name: 'One' });
    const { say, next, rooms } = host.open(`tachyon/${room.id}`);
    say({ type: 'ready' });
    await next('conversation', ({ conversation }) => !conversation.isLoading);
    await chatrooms.remove(room.id);
    say({ type: 'submitPrompt', text: '!echo Hello' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    const [other, ...more] = await chatrooms.list({ limit: 10, offset: 0 });
    assert.deepEqual(more, []);
    assert.equal(rooms.at(-1), `tachyon/${other?.id}`);
  });

  it('goes on with a prompt whose conversation was left before it began, and does not come back to it', async () => {
    const room = await host.panel.rooms(host.tachyon()).chatrooms.create({ name: 'One' });
    const { page, say, next, told } = host.open(`tachyon/${room.id}`);
    say({ type: 'ready' });
    await next('conversation', ({ conversation }) => !conversation.isLoading);
    server.fault({ name: '500', path: '/models' });
    const asked = server.waitForRequest(({ path }) => path.endsWith('/models'));
    say({ type: 'submitPrompt', text: '!echo Hello' });
    await asked;
    say({ type: 'newChat' });
    await next('conversation', ({ conversation }) => conversation.room === undefined);
    const left = told.length;
    await host.ended();
    assert.equal(page.conversation.key, undefined);
    assert.equal(
      told.slice(left).some(({ type }) => type === 'turnAdded'),
      false,
    );
    say({ type: 'openRoom', room: `tachyon/${room.id}` });
    const { conversation } = await next('conversation', ({ conversation: { turns } }) => turns.length > 0);
    assert.deepEqual(
      conversation.turns.map(({ reply, state }) => [reply, state]),
      [['Hello', 'answered']],
    );
    say({ type: 'submitPrompt', text: '!echo Again' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
  });

  it('gives an edited prompt back whose turn is gone or cannot be looked up', async () => {
    const { page, say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    say({ type: 'editPrompt', turn: 'gone', text: 'Written anew' });
    assert.equal((await next('compose')).text, 'Written anew');
    page.conversation.find = () => Promise.reject(new ApiError('unauthorized', 'refused'));
    say({ type: 'editPrompt', turn: 'unknown', text: 'Written again' });
    assert.equal((await next('compose')).text, 'Written again');
    assert.equal(server.requests.filter(({ path }) => path.endsWith('/completions')).length, 0);
  });

  it('shows a room although the list of rooms does not come, which only says its name', async () => {
    const { chatrooms } = host.panel.rooms(host.tachyon());
    const room = await chatrooms.create({ name: 'One' });
    const { say, next } = host.open(`tachyon/${room.id}`);
    const list = { method: 'GET', path: /\/chatrooms(?:\?|$)/ };
    server.fault({ name: 'hang', ...list, times: 20 });
    say({ type: 'ready' });
    const { conversation } = await next('conversation');
    assert.deepEqual([conversation.room, conversation.name], [`tachyon/${room.id}`, 'New Chat']);
  });

  it('looks a room’s name up once, and again when it has changed', async () => {
    const { chatrooms } = host.panel.rooms(host.tachyon());
    const room = await chatrooms.create({ name: 'One' });
    const place = { key: `tachyon/${room.id}`, connection: host.tachyon(), stored: 'tachyon', room: room.id };
    let lists = 0;
    const counted = {
      ...chatrooms,
      list: async (...query: Parameters<typeof chatrooms.list>) => {
        lists += 1;
        return chatrooms.list(...query);
      },
    };
    const find = () => host.roomNames.find({ ...place, chatrooms: counted });
    const [found, same] = await Promise.all([find(), find()]);
    assert.deepEqual([found?.room.name, same, lists], ['One', found, 1]);
    await chatrooms.rename(room.id, 'Two');
    host.roomNames.forget(place.key);
    // Until it is known anew, the old one is better than none.
    assert.equal(host.roomNames.get(place.key)?.room.name, 'One');
    assert.deepEqual([(await find())?.room.name, lists], ['Two', 2]);
    for (const gone of ['gone', 'gone']) {
      const missing = host.roomNames.find({ ...place, key: 'tachyon/gone', room: gone, chatrooms: counted });
      assert.equal(await missing, undefined);
    }
    assert.equal(lists, 3);
  });

  it('tells everything anew with the turn that began meanwhile', async () => {
    const { drafts } = host.panel;
    const { say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    const read = Promise.withResolvers<string>();
    drafts.read = () => read.promise;
    say({ type: 'ready' });
    say({ type: 'submitPrompt', text: '!echo Hello' });
    await next('turnAdded');
    read.resolve('');
    const { conversation } = await next('conversation');
    assert.deepEqual([conversation.count, conversation.turns.length], [1, 1]);
  });

  it('tells no header that was true before a turn began', async () => {
    const { page, say, next, told } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    const usable = Promise.withResolvers<void>();
    const { connections } = host.panel;
    const wasUsable = connections.usable.bind(connections);
    connections.usable = async () => {
      await usable.promise;
      return wasUsable();
    };
    const header = page.headerChanged();
    connections.usable = wasUsable;
    say({ type: 'submitPrompt', text: '!echo Hello' });
    await next('turnAdded');
    const before = told.length;
    usable.resolve();
    await header;
    const counts = told
      .slice(before)
      .flatMap((message) => (message.type === 'header' ? message.header.count : []));
    assert.ok(counts.length > 0 && counts.every((count) => count === 1), String(counts));
  });

  it('tells a page nothing before it can take it, and nothing to one that is gone by then', async () => {
    const { page, say, next, told } = host.open();
    say({ type: 'ready' });
    page.notice('Too early');
    await next('start');
    assert.equal(told[0]?.type, 'start');
    page.hide();
    const before = told.length;
    say({ type: 'ready' });
    page.hide();
    await new Promise(setImmediate);
    assert.equal(page.isReady, false);
    assert.equal(told.length, before);
  });

  it('answers a request for turns that cannot be read: the page waits for it', async () => {
    const { page, say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    page.conversation.turns = () => Promise.reject(new ApiError('unauthorized', 'refused'));
    say({ type: 'loadTurns', first: 40, count: 40 });
    assert.deepEqual(await next('turns'), { type: 'turns', first: 40, turns: [] });
    await next('notice');
  });

  it('tells the page of a room that is deleted although the list does not show it', async () => {
    const room = await host.panel.rooms(host.tachyon()).chatrooms.create({ name: 'One' });
    const key = `tachyon/${room.id}`;
    const { say, next } = host.open();
    say({ type: 'ready' });
    await next('rooms', ({ list }) => list.groups.length > 0);
    say({ type: 'searchRooms', text: 'nothing like it' });
    await next('rooms', ({ list }) => list.search !== '' && list.groups.length === 0 && !list.isLoading);
    host.deletes.add(key);
    say({ type: 'searchRooms', text: 'nothing like that' });
    const { list } = await next('rooms', ({ list: { deleted } }) => deleted.length > 0);
    assert.deepEqual([list.groups, list.deleted.map((each) => [each.key, each.name])], [[], [[key, 'One']]]);
    say({ type: 'undoDelete', room: key });
  });
});
