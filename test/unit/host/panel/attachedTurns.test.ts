import assert from 'node:assert/strict';
import { attachmentText } from '../../../../src/chat/attachmentText.ts';
import { developmentOperator, type RunningServer } from '../../../server/server.ts';
import { eachPanelHost } from './support/eachPanelHost.ts';
import type { PanelHost } from './support/panelHost.ts';

const attachments = attachmentText([
  { name: 'src/a.ts', text: 'let apple;\n', language: 'typescript' },
  { name: 'src/b.ts', text: 'let berry;', language: 'typescript', firstLine: 3 },
]);
const names = ['src/a.ts', 'src/b.ts, lines 3-3'];

describe('a room’s turn with attachments', () => {
  let server: RunningServer;
  let host: PanelHost;
  let id: string;
  let opened: ReturnType<PanelHost['open']>;
  eachPanelHost((made) => ({ server, host } = made));

  beforeEach(async () => {
    const endpoint = host.panel.rooms(host.tachyon());
    const room = await endpoint.chatrooms.create({ name: 'One' });
    ({ id } = room);
    const content = `${attachments}\n\nWhy?`;
    const request = { messages: [{ role: 'user' as const, content }] };
    for await (const _ of endpoint.chatrooms.streamChatCompletion(room.id, request));
    opened = host.open(`tachyon/${room.id}`);
    opened.say({ type: 'ready' });
  });

  async function shownTurn() {
    const { conversation } = await opened.next(
      'conversation',
      ({ conversation: { turns } }) => turns.length > 0,
    );
    const [turn] = conversation.turns;
    assert.ok(turn);
    return turn;
  }

  it('is shown with their names, and without their text', async () => {
    const { prompt, attachments: shown } = await shownTurn();
    assert.deepEqual([prompt, shown], ['Why?', names]);
    opened.say({ type: 'loadTurns', first: 0, count: 1 });
    const { turns } = await opened.next('turns');
    assert.deepEqual([turns[0]?.prompt, turns[0]?.attachments], ['Why?', names]);
  });

  it('is found by what it shows', async () => {
    await shownTurn();
    opened.say({ type: 'find', query: 'why' });
    assert.equal((await opened.next('found')).results.filter(({ part }) => part === 'prompt').length, 1);
    opened.say({ type: 'find', query: 'berry' });
    const { results } = await opened.next('found', ({ query }) => query === 'berry');
    assert.ok(results.every(({ part }) => part === 'reply'));
  });

  for (const [what, text] of [
    ['asked again', 'Why?'],
    ['edited', 'How?'],
  ] as const) {
    it(`is ${what} with its attachments, and named and shown without their text`, async () => {
      const { id: turn } = await shownTurn();
      const earlier = new Set(server.requests);
      const next = (end: string) =>
        server.waitForRequest((request) => !earlier.has(request) && request.path.endsWith(end));
      opened.say(text === 'Why?' ? { type: 'askAgain', turn } : { type: 'editPrompt', turn, text });
      assert.equal(Object((await next('/chatrooms')).body)['name'], text);
      const content = `${attachments}\n\n${text}`;
      assert.deepEqual(Object((await next('/completions')).body)['messages'], [{ role: 'user', content }]);
      const { conversation } = await opened.next(
        'conversation',
        ({ conversation: { room, turns } }) => room === undefined && turns.length > 0,
      );
      assert.deepEqual(
        conversation.turns.map(({ prompt, attachments: shown }) => [prompt, shown]),
        [[text, names]],
      );
    });
  }

  it('is edited in sight while the list of models does not come, and is there again when that is stopped', async () => {
    const { id: turn } = await shownTurn();
    const { page } = opened;
    const before = page.conversation;
    host.panel.models.known = () => undefined;
    host.panel.models.load = () => new Promise(() => undefined);
    opened.say({ type: 'editPrompt', turn, text: 'How?' });
    const { conversation } = await opened.next(
      'conversation',
      ({ conversation: { room } }) => room === undefined,
    );
    assert.deepEqual(
      conversation.turns.map(({ prompt, state, attachments: shown }) => [prompt, state, shown]),
      [['How?', 'sending', names]],
    );
    const end = host.ended();
    opened.say({ type: 'stopReply' });
    await end;
    assert.equal((await opened.next('compose')).text, 'How?');
    const last = opened.told.findLast((message) => message.type === 'conversation');
    assert.equal(last?.conversation.room, before.key);
    assert.equal(page.conversation, before);
    assert.deepEqual(host.conversations.all(), [before]);
  });

  it('is asked again in its place if it has no answer', async () => {
    await shownTurn();
    const room = server.chatrooms.find(developmentOperator, id);
    assert.ok(room);
    server.chatrooms.addMessage(room, 'us_1', 'user', { type: 'text', text: `${attachments}\n\nWhen?` });
    opened.page.hide();
    opened.say({ type: 'ready' });
    const { conversation } = await opened.next(
      'conversation',
      ({ conversation: { turns } }) => turns.length > 1,
    );
    opened.say({ type: 'askAgain', turn: conversation.turns[1]?.id ?? '' });
    assert.equal((await opened.next('turnAdded')).turn.prompt, 'When?');
    const { patch } = await opened.next('turnChanged', (message) => message.patch.attachments !== undefined);
    assert.deepEqual(patch.attachments, names);
  });
});
