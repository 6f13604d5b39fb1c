import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { field, items } from '../support/foreignRequests.ts';
import { completionBodies, emptyLocal } from './support/local.ts';
import type { VSCode } from './support/vscode.ts';

const roomCommand = 'Tachyon: Open Chatroom…';

/** Chooses a file in VS Code's own dialog, which shows the folder that is open. */
async function chooseFile({ workbench }: VSCode, path: string): Promise<void> {
  await workbench.quickInput.waitForValue(dirname(path));
  await workbench.quickInput.pick(basename(path));
}

/** `role: content` of each message in a request. */
function messagesOf(body: unknown): string[] {
  return items(field(body, 'messages')).map(
    (message) => `${String(field(message, 'role'))}: ${String(field(message, 'content'))}`,
  );
}

describe('chatrooms', () => {
  const withLocal = emptyLocal();

  it('are found by what was written in them and go on in a new conversation, renamed and deleted', async () => {
    await withLocal(async (vscode, server) => {
      const { workbench } = vscode;
      const { chat, quickInput, page } = workbench;
      await chat.ready();
      await chat.ask('@tachyon !echo The needle is here');
      await chat.newChat();
      await chat.ask('@tachyon !echo Something else');
      await workbench.runCommand(roomCommand);
      await quickInput.waitForTitle('Open Chatroom');
      const rows = page.locator('.quick-input-list .monaco-list-row');
      await rows.filter({ hasText: 'Something else' }).waitFor();
      assert.match((await quickInput.items())[0] ?? '', /Something else/);
      await quickInput.fill('the needle is');
      await rows.filter({ hasText: 'Something else' }).waitFor({ state: 'detached' });
      await quickInput.pick('needle');
      await chat.waitForText('The needle is here');
      const shown = await chat.waitForAnswer();
      assert.match(shown, /!echo The needle is here[\s\S]*The needle is here/);
      assert.equal((await chat.prompts()).length, 1);
      const before = server.requests.length;
      assert.match(await chat.ask('@tachyon !echo Going on'), /Going on/);
      assert.doesNotMatch(await chat.responseText(), /added to this chatroom elsewhere|new chatroom/);
      const created = server.requests
        .slice(before)
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/chatrooms'));
      assert.deepEqual(created, [], 'in the same room');

      await workbench.runCommand(roomCommand);
      await rows.filter({ hasText: 'needle' }).hover();
      await rows.filter({ hasText: 'needle' }).locator('.codicon-edit').click();
      await quickInput.waitForTitle('Rename Chatroom');
      await quickInput.fill('Renamed by hand');
      await quickInput.accept();
      await quickInput.waitForTitle('Open Chatroom');
      await rows.filter({ hasText: 'Renamed by hand' }).hover();
      await rows.filter({ hasText: 'Renamed by hand' }).locator('.codicon-trash').click();
      await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete', exact: true }).click();
      await rows.filter({ hasText: 'Renamed by hand' }).waitFor({ state: 'detached' });
      await quickInput.cancel();
    });
  });

  it('of this machine are exported, imported elsewhere and gone on with', async () => {
    await withLocal(
      async (vscode, server) => {
        const { workbench, folder } = vscode;
        const { chat, quickInput } = workbench;
        await chat.ready();
        await chat.ask('@tachyon !echo Kept on this machine');
        await workbench.runCommand('Tachyon: Export Chat…');
        await quickInput.pick('All chatrooms');
        await quickInput.waitForTitle('Export As');
        await quickInput.pick('JSON');
        await quickInput.waitForTitle('Export Chat');
        const file = await quickInput.waitForValue(folder);
        await quickInput.accept();
        await workbench.notifications.waitFor('1 chatroom was exported.');
        const exported = await readFile(file, 'utf8');
        assert.match(exported, /"kind":"openai-compatible".*Kept on this machine/);

        await workbench.runCommand('Tachyon: Import Chats…');
        await quickInput.waitForTitle('Import Chats');
        await chooseFile(vscode, file);
        await quickInput.waitForTitle('Import 1 Chat For');
        await quickInput.pick('tachyon');
        await workbench.notifications.press('Chats imported: 1.', 'Open Chatroom…');
        await quickInput.pick(/tachyon .*on this machine/s);
        await chat.waitForText('This chat was imported');
        await chat.waitForAnswer();
        await chat.ask('@tachyon !echo On the server now');
        assert.deepEqual(
          messagesOf(completionBodies(server).at(-1)).map((text) => text.slice(0, 40)),
          [
            'user: !echo Kept on this machine',
            'assistant: Kept on this machine',
            'user: !echo On the server now',
          ],
        );

        await writeFile(file, exported.slice(0, -20));
        await workbench.runCommand('Tachyon: Import Chats…');
        await quickInput.waitForTitle('Import Chats');
        await chooseFile(vscode, file);
        await workbench.notifications.waitFor('This file is damaged or was cut off; nothing was imported.');

        await workbench.runCommand('Tachyon: Forget Local Data…');
        const dialog = workbench.page.locator('.monaco-dialog-box');
        assert.match(await dialog.innerText(), /Chatrooms on this machine: [1-9]\d* files/);
        await dialog.getByRole('button', { name: 'Forget Data', exact: true }).click();
        await workbench.notifications.waitFor('The local data of Tachyon Chat is deleted.');
        const storage = join(
          vscode.session.profile.userData,
          'User',
          'globalStorage',
          'tachyon.tachyon-chat',
        );
        const left = await readdir(storage, { recursive: true, withFileTypes: true });
        assert.deepEqual(
          left.filter((entry) => entry.isFile()).map(({ name }) => name),
          [],
        );
      },
      { 'tachyon.defaultModel': 'local/demo:latest' },
    );
  });
});
