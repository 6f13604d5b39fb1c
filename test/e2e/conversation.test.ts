import assert from 'node:assert/strict';
import { completions, messagesOf, rooms, sharedForeign } from './support/foreign.ts';

describe('a conversation with a server that is not ours', () => {
  const withForeign = sharedForeign();

  it('stays in one chatroom, also after a reload, and a new conversation makes another', async () => {
    await withForeign(async ({ workbench, folder, reloadSaved }, server) => {
      const { chat } = workbench;
      await chat.ready();
      assert.match(
        await chat.ask('@tachyon What is two plus two?'),
        /Reply 1 to: What is two plus two\? 応答です。/,
      );
      assert.match(await chat.ask('@tachyon And three?'), /Reply 2 to: And three\? 応答です。/);
      await reloadSaved();
      assert.match(await chat.ask('@tachyon And four?'), /Reply 3 to: And four\? 応答です。/);

      assert.equal(rooms(server).length, 1);
      assert.deepEqual(completions(server).map(messagesOf), [
        ['user: What is two plus two?'],
        ['user: And three?'],
        ['user: And four?'],
      ]);

      await chat.newChat();
      await chat.ask('@tachyon Something else');
      const [first, second] = rooms(server);
      assert.equal(rooms(server).length, 2);
      assert.equal(first?.name, 'What is two plus two?');
      assert.equal(second?.name, 'Something else');
      assert.doesNotMatch(JSON.stringify(rooms(server)), new RegExp(folder));
      assert.deepEqual(server.violations, []);
    });
  });

  it('closes the socket on Stop and goes on in the same chatroom', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      await chat.ready();
      server.hold('The beginning of an answer');
      await chat.send('@tachyon hold on');
      await chat.waitForText('The beginning of an answer');
      await chat.stop();
      const [held] = completions(server);
      assert.equal((await held?.closed)?.early, true);

      assert.match(await chat.ask('@tachyon go on'), /go on 応答です。/);
      assert.equal(rooms(server).length, 1);
      assert.deepEqual(messagesOf(completions(server)[1]), ['user: go on']);
    });
  });
});
