import assert from 'node:assert/strict';
import { attachmentText } from '../../../../src/chat/attachmentText.ts';
import type { RunningServer } from '../../../server/server.ts';
import { uriOf } from '../vscodeFiles.ts';
import { opened, parts } from '../vscodeParts.ts';
import { eachPanelHost } from './support/eachPanelHost.ts';
import type { PanelHost } from './support/panelHost.ts';

const code = 'let apple;';
const selected = { name: 'a.ts', text: code, language: 'typescript', firstLine: 1 };

describe('a quick prompt in the composer', () => {
  let server: RunningServer;
  let host: PanelHost;
  eachPanelHost((made) => ({ server, host } = made));

  beforeEach(() => select(code));
  afterEach(() => select(undefined));

  async function open() {
    const played = host.open();
    played.say({ type: 'ready' });
    await played.next('conversation', ({ conversation }) => !conversation.isLoading);
    return played;
  }

  function sent(): string[] {
    return server.requests
      .filter(({ path }) => path.endsWith('/completions'))
      .map(({ body }) => String(Object(body)['messages'].at(-1).content));
  }

  it('is completed with what it does, after the commands', async () => {
    const { say, next } = await open();
    say({ type: 'complete', query: '/ex' });
    const { items } = await next('completions');
    assert.deepEqual(
      items.map(({ text, kind }) => [text, kind]),
      [
        ['/export ', 'command'],
        ['/explain ', 'command'],
      ],
    );
    assert.match(items[1]?.details ?? '', /^Explain Selection: /);
  });

  it('goes out filled in, once with what is attached already, and is kept as typed until a room has it', async () => {
    const { page, say, next } = await open();
    const { drafts, attachments } = host.panel;
    const uri = 'file:///project/a.ts';
    await attachments.trays.of('new').add([{ kind: 'selection', ...selected, uri }]);
    await attachments.trays.of('new').add([{ kind: 'selection', name: 'Pasted', text: 'more' }]);
    server.fault({ name: '403', method: 'POST', path: '/chatrooms' });
    say({ type: 'submitPrompt', text: ' /explain in short' });
    const { turn } = await next('turnAdded');
    assert.match(turn.prompt, /^Explain `a\.ts:1` \(typescript\).*\n\nin short$/s);
    await next('turnChanged', ({ patch }) => patch.state === 'failed');
    assert.equal(await drafts.read('outgoing:new'), ' /explain in short');
    page.hide();
    say({ type: 'ready' });
    assert.equal((await next('conversation')).conversation.draft, '');
    say({ type: 'askAgain', turn: turn.id });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    assert.equal(await drafts.read('outgoing:new'), '');
    const attached = attachmentText([selected, { name: 'Pasted', text: 'more' }]);
    assert.deepEqual(sent(), [`${attached}\n\n${turn.prompt}`]);
    const rooms = server.requests.filter(
      ({ path, method }) => method === 'POST' && path.endsWith('/chatrooms'),
    );
    assert.equal(Object(rooms[0]?.body)['name'], 'Explain Selection: in short');
  });

  it('is shown by the receipt as it goes out', async () => {
    const { say, next } = await open();
    say({ type: 'showReceipt', text: '/explain' });
    const receipt = await opened.next();
    assert.match(receipt, /a\.ts:1-1: /);
    say({ type: 'submitPrompt', text: '/explain' });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    say({ type: 'loadHistory' });
    assert.deepEqual((await next('history')).prompts, ['/explain']);
    const body = server.requests.find(({ path }) => path.endsWith('/completions'))?.body;
    assert.ok(receipt.includes(JSON.stringify(Object(body)['messages'])), receipt);
  });

  it('names the room after what was typed, also when it is asked again in one of its own', async () => {
    const { say, next } = await open();
    say({ type: 'submitPrompt', text: '/explain' });
    const { turn } = await next('turnAdded');
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    say({ type: 'askAgain', turn: turn.id });
    await next('turnChanged', ({ patch }) => patch.state === 'answered');
    const rooms = server.requests.filter(
      ({ path, method }) => method === 'POST' && path.endsWith('/chatrooms'),
    );
    assert.deepEqual(
      rooms.map(({ body }) => Object(body)['name']),
      ['Explain Selection', 'Explain Selection'],
    );
    assert.equal(new Set(sent()).size, 1);
  });

  it('stays in the composer with a sentence where there is nothing to ask about', async () => {
    select(undefined);
    const { say, next } = await open();
    say({ type: 'submitPrompt', text: '/explain this' });
    assert.equal((await next('compose')).text, '/explain this');
    assert.match((await next('notice')).text, /^Nothing is selected/);
    say({ type: 'showReceipt', text: '/explain this' });
    assert.match((await next('notice')).text, /^Nothing is selected/);
    assert.deepEqual(sent(), []);
  });

  it('stays in the composer where the person gives its question no answer', async () => {
    let copied = 'error: no such file';
    const clipboard = { readText: async () => copied, writeText: async (text: string) => (copied = text) };
    Object.assign(parts.env, { clipboard });
    Object.assign(parts.window, {
      activeTerminal: { name: 'bash' },
      showInputBox: async () => undefined,
    });
    const { executeCommand } = parts.commands;
    parts.commands.executeCommand = async () => void (copied = 'selected');
    try {
      const { say, next } = await open();
      say({ type: 'submitPrompt', text: '/terminal' });
      assert.equal((await next('compose')).text, '/terminal');
      assert.deepEqual(sent(), []);
      assert.equal(copied, 'error: no such file');
    } finally {
      parts.commands.executeCommand = executeCommand;
      Object.assign(parts.env, { clipboard: undefined });
      Object.assign(parts.window, { activeTerminal: undefined, showInputBox: undefined });
    }
  });
});

function select(text: string | undefined): void {
  const document = { uri: uriOf('/project/a.ts'), languageId: 'typescript', getText: () => text ?? '' };
  const start = { line: 0, character: 0, compareTo: () => 0 };
  const selection = { isEmpty: false, start, end: { ...start, character: 9 } };
  const editor = { document, selection, selections: [selection] };
  Object.assign(parts.window, { activeTextEditor: text === undefined ? undefined : editor });
}
