import assert from 'node:assert/strict';
import type { RunningServer } from '../../../server/server.ts';
import { configuration } from '../vscodeParts.ts';
import { eachPanelHost } from './support/eachPanelHost.ts';
import type { PanelHost } from './support/panelHost.ts';

describe('what is asked of a page', () => {
  let server: RunningServer;
  let host: PanelHost;
  const remake = eachPanelHost((made) => ({ server, host } = made));

  /** A page that shows a new chat. */
  async function open(key?: string) {
    const played = host.open(key);
    played.say({ type: 'ready' });
    await played.next('conversation', ({ conversation }) => !conversation.isLoading);
    const ask = async (text: string) => {
      const end = host.ended();
      played.say({ type: 'submitPrompt', text });
      await end;
      await played.next('turnChanged', ({ patch }) => patch.state === 'answered');
    };
    return { ...played, ask };
  }

  function completions() {
    return server.requests.filter(({ path }) => path.endsWith('/completions'));
  }

  it('completes commands, and nothing that is none', async () => {
    const { say, next } = await open();
    say({ type: 'complete', query: '/ne' });
    const { query, items } = await next('completions');
    assert.deepEqual(
      [query, items.map(({ kind, label, text }) => [kind, label, text])],
      ['/ne', [['command', '/new', '/new ']]],
    );
    assert.match(items[0]?.details ?? '', /new chat/);
    say({ type: 'complete', query: '/new x' });
    assert.deepEqual((await next('completions')).items, []);
  });

  it('begins a new chat with the text after /new, and sends no command', async () => {
    const { page, say, next, ask } = await open();
    await ask('!echo One');
    const before = page.conversation.key;
    say({ type: 'changeDraft', ...(before !== undefined && { room: before }), text: '/new !echo Two' });
    await ask('/new !echo Two');
    assert.notEqual(page.conversation.key, before);
    assert.deepEqual(
      (await page.conversation.turns(0, 9)).map(({ prompt, reply }) => [prompt, reply]),
      [['!echo Two', 'Two']],
    );
    assert.equal(await host.panel.drafts.read(before ?? ''), '');
    assert.doesNotMatch(JSON.stringify(completions().map(({ body }) => body)), /\/new/);
    say({ type: 'submitPrompt', text: '/new' });
    await next('conversation', ({ conversation }) => conversation.count === 0);
    assert.equal(completions().length, 2);
  });

  it('leaves the draft of a new chat as it is when /new brings a prompt along', async () => {
    const { ask } = await open();
    await ask('!echo One');
    await host.panel.drafts.write('new', 'typed before');
    await ask('/new !echo Two');
    assert.equal(await host.panel.drafts.read('new'), 'typed before');
  });

  it('takes along with /new what is attached where it was typed, and nothing else', async () => {
    const { page, ask } = await open();
    await ask('!echo One');
    const { trays } = host.panel.attachments;
    const attach = (draftKey: string, text: string) =>
      trays.of(draftKey).add([{ kind: 'selection', name: `${text}.ts`, text, firstLine: 1 }]);
    await attach('new', 'of the new chat');
    await attach(page.conversation.draftKey, 'of the room');
    await ask('/new !echo Two');
    const sent = JSON.stringify(completions().at(-1)?.body);
    assert.match(sent, /of the room/);
    assert.doesNotMatch(sent, /of the new chat/);
    assert.equal(trays.of('new').shown.length, 1);
  });

  it('sends what only looks like a command', async () => {
    const { ask } = await open();
    await ask('/etc/hosts says what?');
    assert.match(JSON.stringify(completions()[0]?.body), /\/etc\/hosts says what\?/);
  });

  it('opens the search, and gives text back that a command has no use for', async () => {
    const { say, next } = await open();
    say({ type: 'submitPrompt', text: '/find  a word ' });
    assert.equal((await next('openFind')).text, 'a word');
    host.panel.connections.usable = async () => [];
    say({ type: 'submitPrompt', text: '/parameters temperature 1' });
    assert.equal((await next('compose')).text, 'temperature 1');
    assert.equal(completions().length, 0);
  });

  it('tells the prompts to go back to: those of other rooms, then the room’s own', async () => {
    const { say, next, ask } = await open();
    await ask('!echo One');
    await ask('/new !echo Two');
    await ask('!echo Three');
    say({ type: 'loadHistory' });
    assert.deepEqual((await next('history')).prompts, ['!echo One', '!echo Two', '!echo Three']);
  });

  it('says what a room took, and in one line how it stands', async () => {
    const looks: string[] = [];
    // In a stream, Tachyon tells no usage.
    remake({ stream: false });
    host.onLook = ({ description, title }) => looks.push(description, title);
    const { next, ask } = await open();
    await ask('!echo One');
    const { header } = await next('header', (message) => message.header.usage !== '');
    assert.match(header.usage ?? '', /^conversation: \d+ tokens/);
    assert.ok(
      looks.some((look) => look.includes('sending…')),
      looks.join('\n'),
    );
    assert.match(looks.at(-2) ?? '', /^tachyon · conversation: \d+ tokens/);
    assert.doesNotMatch(looks.at(-1) ?? '', /…|\(/);
  });

  it('shows a prompt while the list of models does not come, and stops it', async () => {
    const { page, say, next } = await open();
    host.panel.models.load = () => new Promise(() => undefined);
    say({ type: 'submitPrompt', text: 'Never sent' });
    const { turn } = await next('turnAdded');
    assert.deepEqual([turn.prompt, turn.state], ['Never sent', 'sending']);
    const end = host.ended();
    say({ type: 'stopReply' });
    await end;
    // Nobody has it: it is as if it had not been sent.
    assert.equal((await next('compose')).text, 'Never sent');
    assert.deepEqual([page.conversation.running.length, page.conversation.count], [0, 0]);
    assert.equal(await host.panel.drafts.read('new'), 'Never sent');
    assert.equal(completions().length, 0);
  });

  it('takes the deletion of a room back when a prompt goes into it', async () => {
    const { page, say, ask } = await open();
    await ask('!echo One');
    const key = page.conversation.key ?? '';
    say({ type: 'deleteRoom', room: key });
    assert.notEqual(host.deletes.remaining(key), undefined);
    const usable = Promise.withResolvers<void>();
    const missing = host.panel.connections.missing.bind(host.panel.connections);
    host.panel.connections.missing = async (connection) => {
      await usable.promise;
      return missing(connection);
    };
    const asked = ask('!echo Two');
    await new Promise(setImmediate);
    assert.equal(host.deletes.remaining(key), undefined, 'before anything else');
    usable.resolve();
    await asked;
    host.deletes.add(key);
    const turn = host.panel.live.begin({ id: 't', prompt: '', connection: 'tachyon', l10n: { t: String } });
    turn.bind({ conversation: 'c', room: key.split('/')[1] ?? '', connection: 'tachyon', turn: 't' });
    const left = host.deletes.remaining(key);
    turn.end();
    assert.equal(left, undefined, 'a prompt of another door');
  });

  it('says why nothing can be forked without a connection', async () => {
    const { page, say, next, ask } = await open();
    await ask('!echo One');
    const [turn] = await page.conversation.turns(0, 1);
    configuration.set('tachyon.connections', { tachyon: null });
    host.panel.connections.usable = async () => [];
    host.panel.connections.all = () => [];
    host.panel.connections.get = () => undefined;
    say({ type: 'forkFrom', turn: turn?.id ?? '' });
    assert.match((await next('notice')).text, /no connection/);
  });
});
