import assert from 'node:assert/strict';
import { createServer, developmentKey, developmentOperator } from '../server/server.ts';
import { Panel } from './support/panel.ts';
import { withVSCode } from './support/vscode.ts';
import type { Workbench } from './support/workbench.ts';

describe('the web worker host', () => {
  it('signs in from the panel, answers there and in the Chat view, and keeps the rooms', async () => {
    const closed = await createServer();
    const open = await createServer({ cors: true, deltaPauseMs: 2 });
    try {
      await withVSCode({ host: 'web' }, async ({ workbench }) => {
        const { chat, quickInput } = workbench;
        const panel = new Panel(workbench);
        await panel.open();
        await panel.frame.getByText('No connection has a key yet').first().waitFor();
        await panel.send('!echo はい, from a worker');
        await panel.waitForState('failed');

        // The browser keeps the worker from a server that does not allow its origin.
        const signIn = panel.lastTurn().getByRole('button', { name: 'Sign In', exact: true });
        await signIn.click();
        await enter(workbench, closed.url);
        assert.match(await quickInput.validationMessage(), /cannot be reached/);
        assert.deepEqual(
          closed.requests.filter(({ headers }) => headers.authorization !== undefined),
          [],
        );
        await quickInput.cancel();

        await signIn.click();
        await enter(workbench, open.url);
        await quickInput.pick('Demo');
        await panel.waitForState('answered');
        assert.match(await panel.reply(), /^はい, from a worker/);
        assert.equal((await panel.prompts()).length, 1);
        await chat.open();
        assert.match(await chat.ask('@tachyon And again?'), /And again\?/);

        // Only a browser says so: the requests came from the worker.
        for (const { headers } of open.requests) assert.equal(headers['sec-fetch-mode'], 'cors');
        const page = { limit: 10, offset: 0, search: '' };
        const rooms = open.chatrooms.list(developmentOperator, page, undefined).chatrooms;
        assert.deepEqual(rooms.map(({ metadata }) => String(Object(metadata).surface)).toSorted(), [
          'panel',
          'participant',
        ]);
        for (const room of rooms) {
          assert.doesNotMatch(JSON.stringify(room.metadata), /[/\\]/);
          const prompts = open.chatrooms.history(room).filter(({ role }) => role === 'user');
          assert.equal(prompts.length, 1);
        }
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
