import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { field } from '../support/foreignRequests.ts';
import { completions, sharedForeign } from './support/foreign.ts';
import { Panel } from './support/panel.ts';

describe('commands and keys of the chat panel', () => {
  const withForeign = sharedForeign();

  it('set parameters, begin a chat, find, and list keys, without the mouse', async () => {
    await withForeign(async ({ workbench, folder }, server) => {
      await writeFile(join(folder, 'notes.md'), '# Notes\n');
      const { quickInput, page } = workbench;
      const panel = new Panel(workbench);
      await panel.open();
      server.reply('The first answer.');
      await panel.ask('one');
      await page
        .locator('.part.auxiliarybar .title-label')
        .filter({ hasText: 'tachyon' })
        .waitFor({ state: 'attached' });

      await panel.composer().fill('/parameters');
      await panel.composer().press('Enter');
      await quickInput.waitForTitle('Parameters of This Chat');
      await quickInput.fill('temperature');
      await quickInput.accept();
      await quickInput.waitForTitle('This chat: temperature');
      await quickInput.fill('0.2');
      await quickInput.accept();
      await quickInput.waitForTitle('Parameters of This Chat');
      await quickInput.cancel();
      server.reply('The second answer.');
      await panel.ask('two');
      assert.equal(field(completions(server).at(-1)?.body, 'temperature'), 0.2);

      await panel.composer().fill('/find second');
      await panel.composer().press('Enter');
      const find = panel.frame.locator('.find-text');
      await find.waitFor();
      assert.equal(await find.inputValue(), 'second');
      await find.press('Escape');

      // An editor that is open has a find of its own at the same key.
      await workbench.openFile('notes.md');
      // VS Code knows that the panel has the focus once the host has answered something after it.
      await panel.composer().fill('#notes');
      await panel.frame.locator('.completion').first().waitFor();
      await panel.composer().fill('');
      await panel.composer().press('Control+f');
      await panel.frame.locator('.find-text:focus').waitFor();
      await page.keyboard.type('answer');
      await panel.frame.locator('.find-count').filter({ hasText: '1 of 2' }).waitFor();
      assert.equal(await page.locator('.find-widget.visible').count(), 0);
      await page.keyboard.press('Escape');

      await panel.composer().press('Control+l');
      await panel.name().filter({ hasText: 'New Chat' }).waitFor();
      await panel.composer().press('Shift+Alt+F1');
      await workbench.tab('chat-panel.md').waitFor();

      await panel.composer().fill('/new three');
      server.reply('The third answer.');
      await panel.composer().press('Enter');
      await panel.waitForText('The third answer.');
      assert.deepEqual(await panel.prompts(), ['three']);
      await workbench.runCommand('Tachyon: Rename Chat…');
      await quickInput.waitForTitle('Rename Chatroom');
      await quickInput.fill('A better name');
      await quickInput.accept();
      await panel.name().filter({ hasText: 'A better name' }).waitFor();
      assert.deepEqual(server.violations, []);
    });
  });
});
