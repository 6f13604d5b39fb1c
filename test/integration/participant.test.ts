import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../src/shared/contributions.ts';
import { createServer, developmentKey, developmentOperator, type RunningServer } from '../server/server.ts';
import { ask, newConversation, roomOf, send, stop } from './support/chat.ts';
import { otherModel } from './support/extensions.ts';
import { modelOnce } from './support/models.ts';
import { bodyOf, completions, isCompletion, routes } from './support/requests.ts';
import { connectionTo, resetSettings, setConnections, setUserSetting } from './support/settings.ts';
import { signIn, signOut } from './support/signIn.ts';

describe('@tachyon', () => {
  let server: RunningServer;

  beforeEach(async () => {
    // A pause, so that VS Code sees an answer begin before it ends.
    server = await createServer({ deltaPauseMs: 2 });
    await setConnections({ tachyon: connectionTo(server) });
    await modelOnce('tachyon/tachyon/demo');
    await newConversation();
  });

  afterEach(async () => {
    await resetSettings();
    await server.close();
  });

  const rooms = () =>
    server.chatrooms.list(developmentOperator, { limit: 100, offset: 0, search: '' }, undefined).chatrooms;

  it('makes a room named after the prompt, with no path in its metadata', async () => {
    // The picker may remember a model of a connection that an earlier test had.
    const modelSelector = { vendor: 'tachyon', id: 'tachyon/tachyon/demo' };
    const room = roomOf(await ask('What is a chatroom? Tell me briefly.', { modelSelector }));
    const [made, ...others] = rooms();
    assert.deepEqual(others, []);
    assert.equal(made?.id, room);
    assert.equal(made?.name, 'What is a chatroom?');
    const { workspaceId, ...metadata } = { workspaceId: undefined, ...Object(made?.metadata) };
    const remote = vscode.env.remoteName;
    assert.deepEqual(metadata, {
      client: 'tachyon-chat',
      surface: 'participant',
      workspace: 'workspace',
      ...(remote && { remote }),
    });
    assert.match(String(workspaceId), /^[0-9a-f-]{36}$/);
    assert.doesNotMatch(JSON.stringify(made?.metadata), /[/\\]/);
  });

  it('sends only the new turn, without any field that nobody set', async () => {
    const modelSelector = { vendor: 'tachyon', id: 'tachyon/tachyon/demo' };
    const first = await ask('One', { modelSelector });
    const second = await ask('Two');
    assert.equal(roomOf(second), roomOf(first));
    assert.deepEqual(completions(server).map(bodyOf), [
      { model: 'tachyon/demo', messages: [{ role: 'user', content: 'One' }], stream: true },
      { model: 'tachyon/demo', messages: [{ role: 'user', content: 'Two' }], stream: true },
    ]);
  });

  it('sends the headers that Tachyon asks for', async () => {
    await ask('Hi');
    const [completion] = completions(server);
    const { headers } = completion ?? {};
    assert.equal(headers?.['content-type'], 'application/json');
    assert.equal(headers?.accept, 'text/event-stream, application/json');
    assert.equal(headers?.authorization, `Bearer ${developmentKey}`);
    assert.equal(headers?.['x-operator-id'], developmentOperator);
    assert.equal(headers?.cookie, undefined);
    for (const { method, path, headers: others } of server.requests) {
      if (path.endsWith('/completions')) continue;
      assert.equal(others.accept, 'application/json', `${method} ${path}`);
    }
  });

  it('sends the parameters and headers of the connection', async () => {
    const parameters = { temperature: 0.2, max_completion_tokens: 900, technical_level: 'expert' };
    await setConnections({ tachyon: connectionTo(server, { parameters, headers: { 'x-team': 'blue' } }) });
    await ask('Hi');
    const [completion] = completions(server);
    const { temperature, max_completion_tokens, technical_level } = bodyOf(completion);
    assert.deepEqual({ temperature, max_completion_tokens, technical_level }, parameters);
    assert.equal(completion?.headers['x-team'], 'blue');
  });

  it('sends the system prompt in the first turn of a room only', async () => {
    await setUserSetting(settings.systemPrompt, 'Answer in haiku.');
    await ask('One');
    await ask('Two');
    assert.deepEqual(
      completions(server).map((request) => bodyOf(request)['messages']),
      [
        [
          { role: 'system', content: 'Answer in haiku.' },
          { role: 'user', content: 'One' },
        ],
        [{ role: 'user', content: 'Two' }],
      ],
    );
  });

  it('gives a neutral name to rooms where that is set', async () => {
    await setUserSetting(settings.roomNames, 'neutral');
    await ask('My secret plan');
    assert.match(rooms()[0]?.name ?? '', /^Chat, \d{4}-\d\d-\d\d \d\d:\d\d$/);
  });

  it('makes another room for a new conversation, and for /new', async () => {
    const first = roomOf(await ask('One'));
    await newConversation();
    const second = roomOf(await ask('Two'));
    const third = roomOf(await ask('/new Three'));
    assert.equal(roomOf(await ask('Four')), third);
    assert.equal(new Set([first, second, third]).size, 3);
    assert.equal(rooms().length, 3);
  });

  it('closes the socket when it is stopped, and keeps the room', async () => {
    server.fault({ name: 'stall' });
    await send('Never ends');
    const stalled = await server.waitForRequest(isCompletion);
    await stop();
    assert.equal((await stalled.requestClosed).early, true);
    const room = roomOf(await ask('Go on'));
    assert.ok(stalled.path.includes(room));
  });

  for (const name of ['lost-reply', 'lost-rest'] as const) {
    it(`gives the answer that the server stored where the connection is lost: ${name}`, async () => {
      server.fault({ name });
      const turn = await ask('!long 300');
      assert.equal(turn.ending, 'answered');
      assert.equal(turn.errorMessage, undefined);
      assert.equal(completions(server).length, 1);
      const room = server.chatrooms.find(developmentOperator, roomOf(turn));
      assert.ok(room);
      const [prompt, reply, ...others] = server.chatrooms.history(room);
      assert.equal(prompt?.role, 'user');
      assert.deepEqual(others, []);
      // A later room gets the whole answer, not only what had come before the connection was lost.
      server.chatrooms.remove(room);
      await ask('Two');
      assert.deepEqual(bodyOf(completions(server).at(-1))['messages'], [
        { role: 'user', content: '!long 300' },
        { role: 'assistant', content: Object(reply?.content)['text'] },
        { role: 'user', content: 'Two' },
      ]);
    });
  }

  it('keeps what had come where the server has no more, and asks again beside it', async () => {
    server.fault({ name: 'cut' });
    const failed = await ask('!long 300');
    assert.equal(failed.ending, 'failed');
    assert.match(failed.errorMessage ?? '', /was lost in mid-answer/);
    const again = await ask('!long 300');
    assert.equal(again.ending, 'answered');
    assert.notEqual(roomOf(again), roomOf(failed));
    assert.deepEqual(bodyOf(completions(server).at(-1))['messages'], [
      { role: 'user', content: '!long 300' },
    ]);
    const prompts = rooms().map((room) =>
      server.chatrooms.history(room).filter(({ role }) => role === 'user'),
    );
    assert.deepEqual(
      prompts.map(({ length }) => length),
      [1, 1],
    );
  });

  it('tells an error in a sentence with the message of the provider, escaped, and keeps the room', async () => {
    const message = 'slow *down*, [click](command:x)';
    server.fault({ name: '429', path: '/chat/completions', body: { code: 'TOO_MANY_REQUESTS', message } });
    const failed = await ask('Hi');
    assert.equal(failed.ending, 'failed');
    assert.match(failed.errorMessage ?? '', /“tachyon” gets too many requests \(429\)/);
    assert.ok(failed.errorMessage?.includes(String.raw`slow \*down\*, \[click\]`), failed.errorMessage);
    assert.equal(roomOf(await ask('Hi again')), roomOf(failed));
    assert.equal(rooms().length, 1);
  });

  it('goes on in a new room, with the transcript, where the room was deleted', async () => {
    const first = roomOf(await ask('!echo One'));
    const stored = server.chatrooms.find(developmentOperator, first);
    assert.ok(stored);
    server.chatrooms.remove(stored);
    const second = roomOf(await ask('Two'));
    assert.notEqual(second, first);
    assert.deepEqual(bodyOf(completions(server).at(-1))['messages'], [
      { role: 'user', content: '!echo One' },
      { role: 'assistant', content: 'One' },
      { role: 'user', content: 'Two' },
    ]);
  });

  it('sends an attached file before the prompt, under its name and not its path', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, 'notes.md');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('Umbrellas are blue.\n'));
    await ask('What is blue?', { attachFiles: [file] });
    const [message] = Array.from(Object(bodyOf(completions(server)[0])['messages']));
    const { content } = Object(message);
    assert.match(content, /notes\.md[^]*Umbrellas are blue\.[^]*What is blue\?$/);
    assert.ok(!content.includes(folder.uri.path));
  });

  it('asks a prompt again with its attachments, but with none from outside of the workspace', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, 'lines.txt');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('first\nsecond\nthird\n'));
    const outside = vscode.Uri.joinPath(folder.uri, '..', 'outside.txt');
    await vscode.workspace.fs.writeFile(outside, new TextEncoder().encode('OUTSIDE'));
    const files = [{ uri: file.toString(), range: [1, 0, 1, 6] }, { uri: outside.toString() }, { uri: 7 }];
    await vscode.commands.executeCommand('tachyon.ask', { prompt: 'Which line?', files });
    const { body } = await server.waitForRequest(isCompletion);
    const [message] = Array.from(Object(Object(body)['messages']));
    const { content } = Object(message);
    assert.match(content, /lines\.txt, lines 2-2:\n```\w+ attachment 1 of 1\nsecond\n```\n\nWhich line\?$/);
    assert.ok(!content.includes('OUTSIDE'));
  });

  it('goes on at another connection in a new room, with the transcript', async () => {
    const second = await createServer({ deltaPauseMs: 2, keys: { second_key: 'us_second' } });
    try {
      await setConnections({ tachyon: connectionTo(server), second: connectionTo(second) });
      await signIn('second', 'second_key');
      await modelOnce('second/tachyon/demo');
      await ask('!echo One', { modelSelector: { vendor: 'tachyon', id: 'tachyon/tachyon/demo' } });
      const turn = await ask('Two', { modelSelector: { vendor: 'tachyon', id: 'second/tachyon/demo' } });
      assert.equal(turn.connection, 'second');
      assert.deepEqual(bodyOf(completions(second)[0])['messages'], [
        { role: 'user', content: '!echo One' },
        { role: 'assistant', content: 'One' },
        { role: 'user', content: 'Two' },
      ]);
      assert.equal(completions(server).length, 1);
    } finally {
      await signOut('second');
      await second.close();
    }
  });

  it('answers from Tachyon although another extension’s model is picked, which gets nothing', async () => {
    const other = await otherModel();
    const turn = await ask('About my umbrella', { modelSelector: { vendor: 'other-test' } });
    assert.equal(turn.connection, 'tachyon');
    assert.equal(turn.ending, 'answered');
    assert.deepEqual(
      other.asked().filter((text) => text.includes('umbrella')),
      [],
    );
    assert.equal(completions(server).length, 1);
    assert.ok(routes(server).includes('POST /v1/llms/chatrooms/:id/chat/completions'));
    await ask('Hi again', { modelSelector: { vendor: 'tachyon', id: 'tachyon/tachyon/demo' } });
    assert.equal(bodyOf(completions(server).at(-1))['model'], 'tachyon/demo');
  });
});
