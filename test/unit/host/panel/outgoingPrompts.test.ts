import assert from 'node:assert/strict';
import { keepOutgoing } from '../../../../src/chat/panel/outgoingDrafts.ts';
import { ApiError } from '../../../../src/api/apiError.ts';
import { createServer, developmentKey, type RunningServer } from '../../../server/server.ts';
import { createPanelHost, type PanelHost } from './support/panelHost.ts';

describe('a prompt that no room has yet', () => {
  let server: RunningServer;
  let host: PanelHost;

  beforeEach(async () => {
    server = await createServer({ deltaPauseMs: 1 });
    host = createPanelHost(server);
  });

  afterEach(async () => {
    host.close();
    await server.close();
  });

  it('keeps a prompt that could not be sent while nobody saw the page, and shows it when the page comes back', async () => {
    const { page, say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    const models = Promise.withResolvers<never>();
    host.panel.models.load = () => models.promise;
    say({ type: 'submitPrompt', text: 'A long prompt' });
    page.hide();
    say({ type: 'ready' });
    const meanwhile = await next('conversation');
    assert.equal(meanwhile.conversation.draft, '');
    page.hide();
    const failure = failed();
    models.reject(new ApiError('unauthorized', 'refused'));
    await failure;
    say({ type: 'ready' });
    assert.equal((await next('conversation')).conversation.draft, 'A long prompt');
  });

  it('keeps a first prompt until there is a room that has it, and what is typed after it', async () => {
    const { page, say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    server.fault({ name: '403', method: 'POST', path: '/chatrooms' });
    say({ type: 'submitPrompt', text: 'First' });
    await next('turnChanged', ({ patch }) => patch.state === 'failed');
    assert.equal(await host.panel.drafts.read('outgoing:new'), 'First');
    page.hide();
    say({ type: 'ready' });
    const { draft, turns } = (await next('conversation')).conversation;
    assert.deepEqual([draft, turns.map(({ prompt }) => prompt)], ['', ['First']]);
    say({ type: 'askAgain', turn: turns[0]?.id ?? '' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(await host.panel.drafts.read('outgoing:new'), '');
  });

  it('shows a prompt that a killed host has left behind once: as the turn that a room has', async () => {
    const { journal, drafts, rooms } = host.panel;
    const room = await rooms(host.tachyon()).chatrooms.create({ name: 'One' });
    const key = `tachyon/${room.id}`;
    const { say, next } = host.open(key);
    say({ type: 'ready' });
    await next('conversation', ({ conversation }) => !conversation.isLoading);
    say({ type: 'submitPrompt', text: 'First' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    await keepOutgoing(drafts, key, 'First');
    const later = createPanelHost(server);
    Object.assign(later.panel, { journal, drafts });
    const again = later.open(key);
    again.say({ type: 'ready' });
    await again.next('conversation', ({ conversation }) => conversation.turns[0]?.prompt === 'First');
    const shown = again.told.flatMap((message) =>
      message.type === 'conversation' ? message.conversation.draft : [],
    );
    assert.deepEqual(new Set(shown), new Set(['']));
    assert.equal(await drafts.read(key), '');
    later.close();
  });

  it('asks for the key and keeps the prompt where there is none, and goes on with the same prompt once there is one', async () => {
    host.close();
    host = createPanelHost({ url: server.baseUrls.openai }, { kind: 'openai', operatorId: undefined });
    const { say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    say({ type: 'submitPrompt', text: '!echo Hello' });
    const { turn, patch } = await next('turnChanged', (told) => told.patch.state === 'failed');
    assert.match(JSON.stringify(patch), /signIn/);
    assert.equal(server.requests.length, 0);
    Object.assign(host.panel.connections.credentials, { get: async () => developmentKey });
    say({ type: 'askAgain', turn });
    await next('turnChanged', (told) => told.patch.state === 'answered');
    const [asked, ...more] = server.requests.filter(({ path }) => path.endsWith('/chat/completions'));
    assert.match(JSON.stringify(asked?.body), /"!echo Hello"/);
    assert.equal(more.length, 0);
  });

  it('keeps a prompt that is on its way, whatever is typed or sent after it', async () => {
    const room = await host.panel.rooms(host.tachyon()).chatrooms.create({ name: 'One' });
    const key = `tachyon/${room.id}`;
    const { say, next, told } = host.open(key);
    say({ type: 'ready' });
    await next('conversation', ({ conversation }) => !conversation.isLoading);
    const models = Promise.withResolvers<never>();
    host.panel.models.load = () => models.promise;
    say({ type: 'changeDraft', room: key, text: 'One' });
    say({ type: 'submitPrompt', text: 'One' });
    say({ type: 'submitPrompt', text: 'Two' });
    assert.equal((await next('compose')).text, 'Two');
    say({ type: 'changeDraft', room: key, text: 'Two' });
    say({ type: 'newChat' });
    await next('conversation', ({ conversation }) => conversation.room === undefined);
    const failure = failed();
    models.reject(new ApiError('unauthorized', 'refused'));
    await failure;
    const left = told.length;
    say({ type: 'openRoom', room: key });
    const { conversation } = await next('conversation', (message) => told.indexOf(message) >= left);
    assert.equal(conversation.draft, 'One\n\nTwo');
    assert.equal(await host.panel.drafts.read(key), 'One\n\nTwo');
  });

  it('shows no prompt in another new chat that is on its way from the first', async () => {
    const { say, next } = host.open();
    say({ type: 'ready' });
    await next('conversation');
    host.panel.models.load = () => new Promise(() => undefined);
    say({ type: 'submitPrompt', text: 'One' });
    await next('turnAdded');
    const other = host.open();
    other.say({ type: 'ready' });
    assert.equal((await other.next('conversation')).conversation.draft, '');
    const end = host.ended();
    say({ type: 'stopReply' });
    await end;
    assert.equal((await next('compose')).text, 'One');
  });

  /** The next action of the panel fails. */
  async function failed(): Promise<void> {
    await new Promise<void>((resolve) => {
      host.onFailure = resolve;
    });
  }
});
