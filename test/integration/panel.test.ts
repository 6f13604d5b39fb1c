import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, panel } from '../../src/shared/contributions.ts';
import { createServer, type RunningServer } from '../server/server.ts';
import { ask, newConversation, roomOf } from './support/chat.ts';
import { modelOnce } from './support/models.ts';
import { connectionTo, resetSettings, setConnections } from './support/settings.ts';

/** The panel's tabs in all groups of editors. */
function tabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes(panel.editor));
}

describe('the panel’s commands', () => {
  let server: RunningServer;

  beforeEach(async () => {
    server = await createServer({ deltaPauseMs: 2 });
    await setConnections({ tachyon: connectionTo(server) });
    await modelOnce('tachyon/tachyon/demo');
    await newConversation();
  });

  afterEach(async () => {
    await vscode.window.tabGroups.close(tabs());
    await resetSettings();
    await server.close();
  });

  it('read the room that this window asked in last, and nothing is sent to any other', async () => {
    // The picker may remember a model of a connection that an earlier test had.
    const modelSelector = { vendor: 'tachyon', id: 'tachyon/tachyon/demo' };
    const room = roomOf(await ask('In the Chat view', { modelSelector }));
    const read = server.waitForRequest(({ path }) => path.includes(`/chatrooms/${room}/messages`));
    await vscode.commands.executeCommand(commands.openInPanel);
    assert.equal((await read).method, 'GET');
  });

  it('open as many editor tabs as are asked for', async () => {
    const before = tabs().length;
    for (const count of [1, 2]) {
      const opened = new Promise((resolve) => {
        const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
          if (tabs().length < before + count) return;
          subscription.dispose();
          resolve(undefined);
        });
      });
      await vscode.commands.executeCommand(commands.openInEditor);
      await opened;
    }
    assert.equal(tabs().length, before + 2);
  });

  for (const [name, argument] of [
    ['an object', { room: 'tachyon/ch_1' }],
    ['a path', 'tachyon/..%2F..%2Fmodels'],
    ['no room', 'tachyon'],
    ['a connection that is not there', 'nowhere/ch_1'],
    ['an endless text', `tachyon/${'x'.repeat(100_000)}`],
  ] as const) {
    it(`open no room for an argument that is ${name}`, async () => {
      const before = server.requests.length;
      await vscode.commands.executeCommand(commands.openPanel, argument);
      const asked = server.requests
        .slice(before)
        .filter(({ path }) => /\/chatrooms\/(?:ch_1|\.\.|%2E|x)/i.test(path));
      assert.deepEqual(asked, []);
    });
  }
});
