import assert from 'node:assert/strict';
import { withVSCode } from './support/vscode.ts';

describe('web worker host', () => {
  it('activates, offers a model and answers the first prompt with a way to sign in', async () => {
    await withVSCode({ host: 'web' }, async ({ workbench }) => {
      await workbench.chat.ready();
      await workbench.chat.send('@tachyon hi');
      await workbench.chat.waitForAnswer();
      assert.match(await workbench.chat.responseText(), /sign in/i);
      assert.equal(await workbench.chat.error(), undefined);
      await workbench.chat.pressButton('Sign In');
      await workbench.quickInput.waitForTitle(/Sign in to Tachyon/);
    });
  });
});
