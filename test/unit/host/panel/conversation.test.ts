import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/apiError.ts';
import type { Connection } from '../../../../src/api/connection.ts';
import { fingerprint } from '../../../../src/chat/fingerprint.ts';
import type { FromWebview, TurnState } from '../../../../src/shared/panelMessages.ts';
import { developmentOperator, type RunningServer } from '../../../server/server.ts';
import { field } from '../../../support/foreignRequests.ts';
import { executed } from '../vscodeParts.ts';
import { eachPanelHost } from './support/eachPanelHost.ts';
import type { PanelHost } from './support/panelHost.ts';

const { PanelActions } = await import('../../../../src/host/panel/panelActions.ts');
const { Prompts } = await import('../../../../src/host/panel/prompts.ts');

describe('a conversation of the panel', () => {
  let server: RunningServer;
  let host: PanelHost;
  eachPanelHost((made) => ({ server, host } = made));

  it('does not take a prompt for the equal one that was carried into its room', async () => {
    const { page, say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    const done = async (message: FromWebview) => {
      const end = host.ended();
      say(message);
      await end;
    };
    await done({ type: 'submitPrompt', text: '!echo Same' });
    await done({ type: 'submitPrompt', text: '!echo Same' });
    const [, second] = await page.conversation.turns(0, 2);
    await done({ type: 'askAgain', turn: second?.id ?? '' });
    await page.conversation.refresh();
    assert.deepEqual(
      (await page.conversation.turns(0, 5)).map(({ prompt, reply }) => [prompt, reply]),
      [
        ['!echo Same', 'Same'],
        ['!echo Same', 'Same'],
      ],
    );
    await done({ type: 'submitPrompt', text: '!echo Other' });
    const sent = server.requests.findLast(({ path }) => path.endsWith('/chat/completions'));
    assert.match(JSON.stringify(sent?.body), /!echo Same.*!echo Other/);
  });

  it('forks a long room with all its turns, though only its end was looked at', async () => {
    const { id } = await host.panel.rooms(host.tachyon()).chatrooms.create({ name: 'Long' });
    const stored = server.chatrooms.find(developmentOperator, id);
    assert.ok(stored);
    for (let i = 0; i < 200; i += 1) {
      for (const role of ['user', 'assistant'])
        server.chatrooms.addMessage(stored, 'us_demo', role, { type: 'text', text: `${role} ${i}` });
    }
    const { page, say } = host.open(`tachyon/${id}`);
    const { conversation } = page;
    await conversation.view?.refresh();
    assert.ok(conversation.count < 200);
    const last = await conversation.turns(conversation.count - 1, 1);
    const forked = new Promise<string>((resolve) => {
      host.news.onDidChange(resolve);
    });
    say({ type: 'forkFrom', turn: last[0]?.id ?? '' });
    const room = (await forked).replace('tachyon/', '');
    const carried = await host.panel.carriedTranscripts.find({ connection: 'tachyon', room });
    assert.deepEqual([carried.length, carried.at(-1)], [200, { prompt: 'user 199', reply: 'assistant 199' }]);
  });

  it('goes on in the Chat view in a room of its own, where it has none yet', async () => {
    executed.length = 0;
    const { page } = host.open();
    const actions = new PanelActions(host, new Prompts(host.panel, host.conversations), () => undefined);
    const carried = [{ prompt: 'Why?', reply: 'Because.' }];
    page.show(host.conversations.create({ carried, reason: 'first' }));
    await actions.run(page, page.conversation, { type: 'continueInChat' });
    const { key = '' } = page.conversation;
    const room = key.replace('tachyon/', '');
    assert.deepEqual(await host.panel.carriedTranscripts.find({ connection: 'tachyon', room }), carried);
    const [, options] = executed.find(([command]) => command === 'workbench.action.chat.open') ?? [];
    assert.equal(field(options, 'query'), `@tachyon /room ${key}`);
    assert.equal(server.requests.filter(({ path }) => path.endsWith('/chat/completions')).length, 0);
  });

  it('reads on while it looks for a lost answer, and ends the look at a stop', async () => {
    const { id } = await host.panel.rooms(host.tachyon()).chatrooms.create({ name: 'Killed' });
    const stored = server.chatrooms.find(developmentOperator, id);
    assert.ok(stored);
    server.chatrooms.addMessage(stored, 'us_demo', 'user', { type: 'text', text: 'Lost' });
    await host.panel.journal.begin({
      turn: crypto.randomUUID(),
      conversation: 'c',
      connection: 'tachyon',
      room: id,
      surface: 'panel',
      promptHash: await fingerprint('Lost'),
      askedAt: new Date().toISOString(),
    });
    const { page, say, next } = host.open(`tachyon/${id}`);
    say({ type: 'ready' });
    const lastIs = (state: TurnState) =>
      next('conversation', ({ conversation: { turns } }) => turns.at(-1)?.state === state);
    await lastIs('recovering');
    await page.conversation.refresh();
    say({ type: 'stopReply' });
    await lastIs('interrupted');
  });

  it('puts no prompt into the composer that was asked again by a button', async () => {
    const { page, say, next, told } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    server.fault({ name: '403', method: 'POST', path: '/chatrooms' });
    const end = host.ended();
    say({ type: 'submitPrompt', text: 'Refused' });
    await end;
    const [turn] = await page.conversation.turns(0, 1);
    host.panel.models.known = () => undefined;
    host.panel.models.load = () => Promise.reject(new ApiError('unauthorized', 'refused'));
    say({ type: 'askAgain', turn: turn?.id ?? '' });
    await next('notice');
    assert.deepEqual(
      told.filter(({ type }) => type === 'compose'),
      [],
    );
  });

  it('shows and deletes a room on this machine whose connection is not there any more', async () => {
    const left: Connection = { ...host.tachyon(), name: 'gone' };
    const { id } = await host.panel.localRooms.of(left).create({ name: 'Left' });
    const [found] = await host.panel.localRooms.left();
    assert.ok(found);
    const key = `${found.name}/${id}`;
    const { page, say, next } = host.open(key);
    say({ type: 'ready' });
    const { conversation } = await next('conversation', (message) => !message.conversation.isLoading);
    assert.deepEqual([conversation.room, conversation.problem], [key, undefined]);
    const changed = () => new Promise((resolve) => host.news.onDidChange(resolve));
    const renamed = changed();
    say({ type: 'renameRoom', room: key, name: 'Renamed' });
    assert.equal(await renamed, key);
    assert.equal((await host.panel.localRooms.of(found).list({}))[0]?.name, 'Renamed');
    const end = host.ended();
    say({ type: 'submitPrompt', text: '!echo Goes on elsewhere' });
    await end;
    assert.match(page.conversation.key ?? '', /^tachyon\/ch/);
    const deleted = changed();
    say({ type: 'deleteRoom', room: key });
    await host.deletes.flush();
    assert.equal(await deleted, key);
    assert.deepEqual(await host.panel.localRooms.of(found).list({}), []);
  });

  it('says that an answer of another window is stopped there', async () => {
    const { id } = await host.panel.rooms(host.tachyon()).chatrooms.create({ name: 'Two windows' });
    const { page, say, next } = host.open(`tachyon/${id}`);
    say({ type: 'ready' });
    await next('conversation', ({ conversation }) => !conversation.isLoading);
    assert.ok(page.conversation.view);
    page.conversation.view.isElsewhere = true;
    say({ type: 'stopReply' });
    assert.match((await next('notice')).text, /another window/);
  });
});
