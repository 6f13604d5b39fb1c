import assert from 'node:assert/strict';
import { createServer, developmentKey, developmentOperator } from '../server/server.ts';
import { withVSCode } from './support/vscode.ts';
import type { Workbench } from './support/workbench.ts';

describe('the web worker host', () => {
  it('signs in through the input boxes, answers, and keeps the room', async () => {
    const closed = await createServer();
    const open = await createServer({ cors: true, deltaPauseMs: 2 });
    try {
      await withVSCode({ host: 'web' }, async ({ workbench }) => {
        const { chat, quickInput } = workbench;
        await chat.ready('Sign in to Tachyon');
        assert.match(
          await chat.ask('@tachyon !echo はい, from a worker'),
          /There is no key for “tachyon” yet/,
        );

        // The browser keeps the worker from a server that does not allow its origin.
        await chat.pressButton('Sign In');
        await enter(workbench, closed.url);
        assert.match(await quickInput.validationMessage(), /cannot be reached/);
        assert.deepEqual(
          closed.requests.filter(({ headers }) => headers.authorization !== undefined),
          [],
        );
        await quickInput.cancel();

        await chat.pressButton('Sign In');
        await enter(workbench, open.url);
        await quickInput.pick('Demo');
        await chat.waitForText('はい, from a worker');
        assert.match(await chat.ask('@tachyon And again?'), /And again\?/);

        // Only a browser says so: the requests came from the worker.
        for (const { headers } of open.requests) assert.equal(headers['sec-fetch-mode'], 'cors');
        const page = { limit: 10, offset: 0, search: '' };
        const [room, ...others] = open.chatrooms.list(developmentOperator, page, undefined).chatrooms;
        assert.ok(room);
        assert.deepEqual(others, []);
        assert.doesNotMatch(JSON.stringify(room.metadata), /[/\\]/);
        const prompts = open.chatrooms.history(room).filter(({ role }) => role === 'user');
        assert.equal(prompts.length, 2);
      });
    } finally {
      await Promise.all([closed.close(), open.close()]);
    }
  });
});

async function enter({ quickInput }: Workbench, url: string): Promise<void> {
  await quickInput.waitForTitle('Sign In');
  await quickInput.pick('Another Tachyon server');
  await quickInput.waitForTitle('Sign in to Tachyon (1/3)');
  await quickInput.fill(url);
  await quickInput.accept();
  await quickInput.waitForTitle('Sign in to Tachyon (2/3)');
  await quickInput.fill(developmentKey);
  await quickInput.accept();
}
