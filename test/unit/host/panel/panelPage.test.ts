import assert from 'node:assert/strict';
import { createServer, type RunningServer } from '../../../server/server.ts';
import { createPanelHost, type PanelHost } from './support/panelHost.ts';

describe('the host’s side of a page', () => {
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

  it('goes on with a prompt whose conversation was left before it began, and does not come back to it', async () => {
    const room = await host.panel.rooms(tachyon()).chatrooms.create({ name: 'One' });
    const { page, say, next, told } = host.open(`tachyon/${room.id}`);
    say({ type: 'ready' });
    await next('conversation', ({ conversation }) => !conversation.isLoading);
    server.fault({ name: '500', path: '/models' });
    const asked = server.waitForRequest(({ path }) => path.endsWith('/models'));
    say({ type: 'submitPrompt', text: '!echo Hello' });
    await asked;
    say({ type: 'newChat' });
    await next('conversation', ({ conversation }) => conversation.room === undefined);
    await ended();
    assert.equal(page.conversation.key, undefined);
    assert.equal(
      told.some(({ type }) => type === 'turnAdded'),
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

  function tachyon() {
    const connection = host.panel.connections.get('tachyon');
    assert.ok(connection);
    return connection;
  }

  /** The next turn of this window comes to its end. */
  async function ended(): Promise<void> {
    await new Promise<void>((resolve) => {
      const subscription = host.panel.live.onEvent(({ type }) => {
        if (type !== 'ended') return;
        subscription.dispose();
        resolve();
      });
    });
  }
});
