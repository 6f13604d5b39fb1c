import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ForeignServer, startForeignServer } from '../support/foreignServer.ts';
import { sharedServer } from './support/sharedVSCode.ts';
import { withVSCode } from './support/vscode.ts';

describe('signing in with an empty profile', () => {
  const useVSCode = sharedServer();
  let server: ForeignServer;

  beforeEach(async () => {
    server = await startForeignServer();
  });

  afterEach(() => server.close());

  it('answers the first prompt after the sign-in, without typing it again', async () => {
    await useVSCode({}, async ({ workbench, session }) => {
      const { chat, quickInput } = workbench;
      await chat.ready('Sign in to Tachyon');
      assert.match(await chat.ask('@tachyon hi'), /There is no key for “tachyon” yet/);
      await chat.pressButton('Sign In');

      await quickInput.waitForTitle('Sign In');
      await quickInput.pick('Another Tachyon server');
      await quickInput.waitForTitle('Sign in to Tachyon (1/3)');
      await quickInput.fill('not a url');
      assert.match(await quickInput.validationMessage(), /The URL cannot be read/);
      await quickInput.fill(`${server.url}/v1`);
      await quickInput.accept();

      await quickInput.waitForTitle('Sign in to Tachyon (2/3)');
      assert.equal(await quickInput.isPassword(), true);
      await quickInput.fill('Bearer pk_wrong');
      await quickInput.accept();
      assert.match(await quickInput.validationMessage(), /refused the key \(401\)/);
      await quickInput.fill(' "Bearer pk_foreign" ');
      await quickInput.accept();

      await chat.waitForText('Reply 1 to: hi 応答です。');
      const settings = await readFile(join(session.profile.userData, 'User', 'settings.json'), 'utf8');
      assert.match(settings, /"operatorId": "tn_01jforeign"/);
      assert.doesNotMatch(settings, /pk_foreign/);
      assert.deepEqual(server.violations, []);
    });
  });

  it('answers after the sign-in also where VS Code remembers the placeholder from before a reload', async () => {
    await useVSCode({}, async ({ workbench, reloadSaved }) => {
      const { chat, quickInput } = workbench;
      await chat.ready('Sign in to Tachyon');
      await chat.ask('@tachyon before');
      await reloadSaved();
      await chat.ask('@tachyon after');
      await chat.pressButton('Sign In');
      await quickInput.pick('Another Tachyon server');
      await quickInput.waitForTitle('Sign in to Tachyon (1/3)');
      await quickInput.fill(server.url);
      await quickInput.accept();
      await quickInput.waitForTitle('Sign in to Tachyon (2/3)');
      await quickInput.fill('pk_foreign');
      await quickInput.accept();
      await chat.waitForText('Reply 1 to: after 応答です。');
    });
  });

  it('asks for the operator where only that is missing', async () => {
    const settings = { 'tachyon.connections': { tachyon: { kind: 'tachyon', url: server.url } } };
    await withVSCode({ settings, env: { TACHYON_API_KEY: 'pk_foreign' } }, async ({ workbench }) => {
      const { chat } = workbench;
      await chat.ready();
      await chat.ask('@tachyon hi');
      assert.match((await chat.error()) ?? '', /No operator is chosen for “tachyon”; choose one\./);
      assert.equal(server.chatrooms.size, 0);
      await chat.pressButton('Select Operator…');
      await chat.waitForText('Reply 1 to: hi 応答です。');
    });
  });
});
