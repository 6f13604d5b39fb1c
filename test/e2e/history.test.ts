import assert from 'node:assert/strict';
import type { Session } from '../../scripts/vscode/session.ts';
import { completions, messagesOf, rooms, sharedForeign } from './support/foreign.ts';

const carried = ['user: one', 'assistant: Reply 1 to: one 応答です。'];

describe('the history that an answer is given from', () => {
  const withForeign = sharedForeign();

  it('is a new chatroom with the visible turns when an earlier prompt is edited', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      await chat.ask('@tachyon two');
      await chat.edit(1, '@tachyon two, edited');
      assert.match(await chat.responseText(), /Earlier turns were changed or taken back/);
      assert.equal(rooms(server).length, 2);
      assert.deepEqual(messagesOf(completions(server)[2]), [...carried, 'user: two, edited']);
      // This server stores only the new message, so the carried turns go out again.
      await chat.ask('@tachyon three');
      assert.equal(rooms(server).length, 2);
      assert.deepEqual(messagesOf(completions(server)[3]), [...carried, 'user: three']);
    });
  });

  it('is a new chatroom with the visible turns after Retry', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      await chat.ask('@tachyon two');
      await chat.retry();
      assert.match(await chat.responseText(), /Earlier turns were changed or taken back/);
      assert.equal(rooms(server).length, 2);
      assert.deepEqual(messagesOf(completions(server)[2]), [...carried, 'user: two']);
    });
  });

  it('is the same chatroom when a prompt that the server refused is retried', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      server.fail(429, { code: 'RATE_LIMITED', message: 'slow down' });
      await chat.send('@tachyon two');
      await chat.waitForAnswer();
      await chat.retry();
      assert.equal(rooms(server).length, 1);
      assert.deepEqual(messagesOf(completions(server)[2]), ['user: two']);
    });
  });

  it('is a new chatroom with the visible turns after Restore Checkpoint', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      await chat.ask('@tachyon two');
      await chat.restoreCheckpoint(1);
      await chat.ask('@tachyon another two');
      assert.match(await chat.responseText(), /Earlier turns were changed or taken back/);
      assert.equal(rooms(server).length, 2);
      assert.deepEqual(messagesOf(completions(server)[2]), [...carried, 'user: another two']);
    });
  });

  it('is empty after /new', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      assert.match(await chat.ask('@tachyon /new'), /begins a new, empty chatroom/);
      await chat.ask('@tachyon two');
      assert.equal(rooms(server).length, 2);
      assert.deepEqual(messagesOf(completions(server)[1]), ['user: two']);
      await chat.ask('@tachyon three');
      assert.equal(rooms(server).length, 2);
      assert.deepEqual(messagesOf(completions(server)[2]), ['user: three']);
    });
  });

  it('keeps the chatroom and tells of turns that another client added', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      const [room] = rooms(server);
      room?.messages.push({ id: 'msg_x', role: 'user', text: 'from elsewhere' });
      room?.messages.push({ id: 'msg_y', role: 'assistant', text: 'an answer there' });
      await chat.ask('@tachyon two');
      assert.match(await chat.responseText(), /1 turn was added to this chatroom elsewhere/);
      assert.equal(rooms(server).length, 1);
      assert.deepEqual(messagesOf(completions(server)[1]), ['user: two']);
    });
  });

  it('goes on in a new chatroom when the old one was deleted on the server', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon one');
      server.chatrooms.clear();
      await chat.ask('@tachyon two');
      assert.match(await chat.responseText(), /no longer exists on the server/);
      assert.equal(rooms(server).length, 1);
      assert.deepEqual(messagesOf(completions(server).at(-1)), [...carried, 'user: two']);
    });
  });

  it('finds the chatroom of a turn whose metadata was lost with the extension host', async () => {
    await withForeign(async ({ workbench, session }, server) => {
      const { chat } = workbench;
      await chat.ready();
      server.hold('The beginning of an answer');
      await chat.send('@tachyon one');
      await chat.waitForText('The beginning of an answer');
      process.kill(extensionHost(session), 'SIGKILL');
      await chat.waitForAnswer();
      await chat.ask('@tachyon two');
      assert.equal(rooms(server).length, 1);
      assert.deepEqual(messagesOf(completions(server).at(-1)), ['user: two']);
    });
  });
});

/** Process id of the newest extension host, as the server logs it. */
function extensionHost({ server }: Session): number {
  const started = [...server.output().matchAll(/<(\d+)> Launched Extension Host Process/g)];
  return Number(started.at(-1)?.[1]);
}
